//! The caps within which a text is rendered. Past one of them the plain text is shown.

use std::time::{Duration, Instant};

use super::Fallback;

/// The longest source, in bytes.
const SOURCE_BYTES_MAX: usize = 1 << 20;
/// The deepest nesting of blocks. Browsers stop at 512 elements, and a person long before.
const DEPTH_MAX: usize = 100;
/// How much longer than its source HTML may be: a short link that is used often makes much of little.
const OUTPUT_FACTOR_MAX: usize = 20;
/// What the factor does not apply to, so that a short text may hold a table.
const OUTPUT_BYTES_FREE: usize = 16 << 10;
/// How long reading and writing may take together.
const TIME_MAX: Duration = Duration::from_secs(1);
/// How many steps are taken between two looks at the clock.
const STEPS_BETWEEN_LOOKS: usize = 256;

/// The caps of one rendering.
pub(super) struct Limits {
    deadline: Instant,
    output_bytes_max: usize,
    steps: usize,
}

impl Limits {
    /// Starts the clock, unless the source is too large or too deep to begin with.
    pub(super) fn start(source: &str) -> Result<Limits, Fallback> {
        if source.len() > SOURCE_BYTES_MAX {
            return Err(Fallback::TooLarge);
        }
        if is_too_deep(source) {
            return Err(Fallback::TooDeep);
        }
        let output_bytes_max = OUTPUT_BYTES_FREE + OUTPUT_FACTOR_MAX * source.len();
        Ok(Limits {
            deadline: Instant::now() + TIME_MAX,
            output_bytes_max,
            steps: 0,
        })
    }

    /// The same for a text that is shown together with another one.
    pub(super) fn start_beside(source: &str, other_bytes: usize) -> Result<Limits, Fallback> {
        let mut limits = Limits::start(source)?;
        limits.output_bytes_max += OUTPUT_FACTOR_MAX * other_bytes;
        Ok(limits)
    }

    /// To be called at each step, with the bytes written so far.
    pub(super) fn step(&mut self, output_bytes: usize) -> Result<(), Fallback> {
        self.steps += 1;
        if output_bytes > self.output_bytes_max {
            return Err(Fallback::TooMuchOutput);
        }
        if self.steps.is_multiple_of(STEPS_BETWEEN_LOOKS) && Instant::now() > self.deadline {
            return Err(Fallback::TooSlow);
        }
        Ok(())
    }
}

/// Whether blocks may be nested too deep, seen without parsing: by the marks and the indentation before each line.
///
/// Errs on the side of too deep (in code, for instance), never on the other.
fn is_too_deep(source: &str) -> bool {
    let mut items: Vec<usize> = Vec::new();
    for line in source.as_bytes().split(|b| *b == b'\n') {
        let mut column = 0;
        let mut at = 0;
        let mut quotes = 0;
        let mut is_first = true;
        while let Some(&byte) = line.get(at) {
            let digits = line[at..]
                .iter()
                .take(10)
                .take_while(|b| b.is_ascii_digit())
                .count();
            match byte {
                b' ' | b'\t' => {
                    column += if byte == b'\t' { 4 } else { 1 };
                    at += 1;
                }
                b'>' => {
                    quotes += 1;
                    column += 1;
                    at += 1;
                }
                b'-' | b'+' | b'*' | b'0'..=b'9' if byte.is_ascii_digit() == (1..=9).contains(&digits) => {
                    if is_first {
                        items.retain(|content| *content <= column);
                        is_first = false;
                    }
                    let width = digits.max(1) + usize::from(digits > 0);
                    column += width;
                    at += width;
                    items.push(column);
                }
                _ => break,
            }
            if quotes + items.len() > DEPTH_MAX {
                return true;
            }
        }
        if is_first && at < line.len() && quotes == 0 {
            items.retain(|content| *content <= column);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_seen_before_parsing() {
        let nested = |depth: usize| {
            (0..depth)
                .map(|n| format!("{}- a\n", "  ".repeat(n)))
                .collect::<String>()
        };
        for shallow in [
            "",
            "# a\n\ntext\n",
            "---\n***\n",
            &nested(90),
            &"- a\n- b\n\n".repeat(500),
            &"> a\n".repeat(500),
        ] {
            assert!(!is_too_deep(shallow), "{shallow}");
        }
        for deep in [
            ">".repeat(101),
            "> ".repeat(101),
            "- ".repeat(101),
            "1. ".repeat(101),
            nested(110),
        ] {
            assert!(is_too_deep(&deep), "{deep}");
        }
    }

    #[test]
    fn tables_and_rules_are_not_deep() {
        assert!(!is_too_deep(&format!(
            "| {} |\n|{}|\n",
            "a | ".repeat(200),
            "---|".repeat(200)
        )));
    }
}
