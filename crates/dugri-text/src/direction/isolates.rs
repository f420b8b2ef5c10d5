//! Runs inside a block that must be isolated, so that they are not torn apart by what stands around them.
//!
//! In a Hebrew block: names, sentences and codes in Latin letters (`XR-200`, `Vectra V8`), numbers with units
//! (`15 cm`), prices, ranges, dates, phone numbers. In an English one: Hebrew words and sentences. A plain number
//! needs nothing. What is joined to a run and what is not follows how people read, not only Unicode: `40` in
//! `של Vectra 40 יחידות` belongs to the units, `200` in `XR 200` to the name.

use std::ops::Range;

use super::{Direction, is_mark, of_char};

/// A run to be wrapped in `<bdi dir=…>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isolate {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Its direction.
    pub direction: Direction,
}

/// Units that belong to the number before them, besides what is written without a space.
const UNITS: &[&str] = &[
    "mm", "cm", "m", "km", "nm", "µm", "in", "ft", "g", "kg", "mg", "t", "l", "ml", "V", "mV", "kV", "A",
    "mA", "W", "kW", "MW", "kWh", "MWh", "VA", "kVA", "Hz", "kHz", "MHz", "GHz", "B", "KB", "kB", "MB", "GB",
    "TB", "PB", "bps", "kbps", "Mbps", "Gbps", "bar", "mbar", "psi", "Pa", "kPa", "MPa", "C", "F", "K", "s",
    "ms", "µs", "ns", "min", "h", "dB", "dBm", "px", "pt", "rpm", "N", "Nm", "J", "kJ", "ppm", "USD", "EUR",
    "GBP", "ILS", "NIS", "IP",
];

/// How many signs may stand before a number (`≤ -` and the like); more are no signs of it.
const LEAD_CHARS_MAX: usize = 3;

/// The runs of `text` to isolate in a block of direction `base`, in order and apart.
///
/// U+FFFC stands for something that is no text, and ends every run.
pub fn isolates(text: &str, base: Direction) -> Vec<Isolate> {
    match base {
        Direction::Ltr if !may_hold_rtl(text) => Vec::new(),
        Direction::Ltr => rtl_runs(text),
        Direction::Rtl => ltr_runs(text),
    }
}

/// A quick look: no letter that runs from right to left is written without one of these bytes.
fn may_hold_rtl(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, 0xD6..=0xE0 | 0xEF | 0xF0))
}

/// From the first to the last letter of the other script, with what stands between, up to a Latin letter.
fn rtl_runs(text: &str) -> Vec<Isolate> {
    let mut found = Vec::new();
    let mut run: Option<Range<usize>> = None;
    for (at, c) in text.char_indices() {
        match of_char(c) {
            Some(Direction::Rtl) => {
                let start = run.as_ref().map_or(at, |run| run.start);
                run = Some(start..at + c.len_utf8());
            }
            Some(Direction::Ltr) => found.extend(run.take().map(|run| finish(text, run, Direction::Rtl))),
            None if is_boundary(c) => found.extend(run.take().map(|run| finish(text, run, Direction::Rtl))),
            None => match &mut run {
                Some(run) if is_mark(c) && run.end == at => run.end = at + c.len_utf8(),
                _ => {}
            },
        }
    }
    found.extend(run.map(|run| finish(text, run, Direction::Rtl)));
    found
}

fn ltr_runs(text: &str) -> Vec<Isolate> {
    let mut found: Vec<Isolate> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let run = match of_char(c) {
            Some(Direction::Ltr) => Some(word_run(text, at..at + c.len_utf8())),
            Some(Direction::Rtl) => None,
            None => number_run(text, at),
        };
        match run {
            Some((run, isolated)) => {
                at = run.end.max(at + c.len_utf8());
                if isolated {
                    let run = finish(text, run, Direction::Ltr);
                    at = at.max(run.range.end);
                    found.push(run);
                }
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// A run that has a Latin letter in it: goes on over everything up to the last letter or digit that belongs to it.
fn word_run(text: &str, mut run: Range<usize>) -> (Range<usize>, bool) {
    loop {
        let rest = &text[run.end..];
        let Some((gap, c)) = rest
            .char_indices()
            .find(|(_, c)| of_char(*c).is_some() || c.is_numeric() || is_boundary(*c))
        else {
            return (run, true);
        };
        let next = run.end + gap;
        let joined = match of_char(c) {
            Some(Direction::Ltr) => true,
            Some(Direction::Rtl) => false,
            None if is_boundary(c) => false,
            None => number_belongs(text, &run, next),
        };
        if !joined {
            return (run, true);
        }
        run.end = next + c.len_utf8();
    }
}

/// Whether the number at `next` belongs to the run before it.
fn number_belongs(text: &str, run: &Range<usize>, next: usize) -> bool {
    let gap = &text[run.end..next];
    if gap.is_empty()
        || gap
            .chars()
            .all(|c| matches!(c, '-' | '.' | '/' | '_' | '+' | ':' | '#' | '@' | '\''))
    {
        return true;
    }
    if !matches!(gap, " " | "\u{a0}") {
        return false;
    }
    let word = text[run.start..run.end]
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let is_code =
        (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let after = text[next..].trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ','));
    let counts_what_follows = after
        .trim_start()
        .chars()
        .next()
        .is_some_and(|c| of_char(c) == Some(Direction::Rtl));
    is_code || !counts_what_follows
}

/// A number with what belongs to it. The flag says whether it needs isolation; plain digits do not.
fn number_run(text: &str, start: usize) -> Option<(Range<usize>, bool)> {
    let lead = lead_of(&text[start..])?;
    let dialled = text[start..].starts_with(['+', '0', '*']);
    let (mut end, is_plain) = end_of_digits(text, start + lead, dialled);
    let tail = text[end..]
        .chars()
        .take(LEAD_CHARS_MAX)
        .take_while(|c| is_tail(*c))
        .map(char::len_utf8)
        .sum::<usize>();
    end += tail;
    match unit_at(text, end) {
        Some(unit) => Some((word_run(text, start..unit).0, true)),
        None => Some((start..end, lead > 0 || tail > 0 || !is_plain)),
    }
}

/// Where the digits that begin at `first` end, with what may stand between them, and whether they are a plain number.
fn end_of_digits(text: &str, first: usize, dialled: bool) -> (usize, bool) {
    let mut end = first;
    let mut digits = 0;
    let mut is_plain = true;
    let mut chars = text[first..].char_indices().peekable();
    while let Some((n, c)) = chars.next() {
        let at = first + n;
        let rest = &text[at + c.len_utf8()..];
        let digit_next = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        match c {
            '0'..='9' => {
                digits += 1;
                end = at + 1;
            }
            '.' | ',' if digit_next => {}
            '-' | '–' | '—' | '−' | '/' | ':' | '×' | '*' | '~' if digit_next => is_plain = false,
            // A range of prices: the second has its sign, too.
            '-' | '–' if lead_of(rest).is_some_and(|lead| lead > 0) => is_plain = false,
            c if is_lead(c) && digit_next && at > end => {}
            // Groups of a phone number.
            ' ' | '\u{a0}' if dialled && digits < 12 && rest.bytes().take(2).all(|b| b.is_ascii_digit()) => {
                is_plain = false;
            }
            _ => break,
        }
    }
    (end, is_plain)
}

/// Where the unit behind a number ends, if there is one: letters without a space, or a known unit after one.
fn unit_at(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let gap = rest
        .chars()
        .next()
        .filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
        .map_or(0, char::len_utf8);
    let word = &rest[gap..];
    let len = word
        .find(|c: char| of_char(c) != Some(Direction::Ltr))
        .unwrap_or(word.len());
    if len == 0 || word[len..].starts_with(|c: char| of_char(c) == Some(Direction::Rtl)) {
        return None;
    }
    (gap == 0 || UNITS.contains(&&word[..len])).then_some(at + gap + len)
}

/// Takes in what belongs to the end of a run: points, signs, and the bracket that closes one inside.
fn finish(text: &str, mut run: Range<usize>, direction: Direction) -> Isolate {
    let mut open = 0_i32;
    for c in text[run.clone()].chars() {
        open += match c {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
    }
    while let Some(c) = text[run.end..].chars().next() {
        let belongs = match c {
            ')' | ']' if open > 0 => {
                open -= 1;
                true
            }
            '%' | '°' | '™' | '®' | '©' | '+' | '#' => direction == Direction::Ltr,
            c => is_mark(c),
        };
        if !belongs {
            break;
        }
        run.end += c.len_utf8();
    }
    if let Some(end) = end_of_quoted_sentence(text, &run) {
        run.end = end;
    }
    Isolate {
        range: run,
        direction,
    }
}

/// `"This is fine."`: the point inside the quotation marks belongs to the sentence that they hold.
fn end_of_quoted_sentence(text: &str, run: &Range<usize>) -> Option<usize> {
    let opened = text[..run.start].chars().next_back().is_some_and(is_quote);
    let points = text[run.end..]
        .find(|c| !matches!(c, '.' | '!' | '?' | '…'))
        .unwrap_or(0);
    let closed = text[run.end + points..].chars().next().is_some_and(is_quote);
    (opened && closed && points > 0).then_some(run.end + points)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '״' | '«' | '»')
}

/// How many bytes of signs stand before the first digit; `None` when no number begins here.
fn lead_of(text: &str) -> Option<usize> {
    let signs = text
        .chars()
        .take(LEAD_CHARS_MAX)
        .take_while(|c| is_lead(*c))
        .map(char::len_utf8)
        .sum();
    text[signs..]
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some(signs)
}

/// What may stand before the first digit of a number.
fn is_lead(c: char) -> bool {
    matches!(
        c,
        '+' | '-' | '−' | '±' | '₪' | '$' | '€' | '£' | '#' | '*' | '~' | '≈' | '≤' | '≥' | '<' | '>'
    )
}

/// What may stand behind the last digit of a number.
fn is_tail(c: char) -> bool {
    matches!(c, '%' | '°' | '₪' | '$' | '€' | '£' | '+' | '‰' | '″' | '′')
}

/// What ends every run.
fn is_boundary(c: char) -> bool {
    matches!(c, '\u{fffc}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(base: Direction, text: &str, expected: &str) {
        let mut shown = String::new();
        let mut at = 0;
        for isolate in isolates(text, base) {
            shown.push_str(&text[at..isolate.range.start]);
            shown.push('[');
            shown.push_str(&text[isolate.range.clone()]);
            shown.push(']');
            at = isolate.range.end;
        }
        shown.push_str(&text[at..]);
        assert_eq!(shown, expected);
    }

    #[test]
    fn latin_in_hebrew() {
        for text in [
            "",
            "שלום עולם",
            "כש־[Vectra] בחדר",
            "[XR-200] מול [Vectra V8], גרסה 3",
            "של [Vectra] 40 יחידות",
            "דגם [XR 200] החדש",
            "השקת [Vectra 2026].",
            "גרסה 3 [XR-200]",
            "תקן [ISO 9001] ו־[IP67]",
            "המערכת ([C++ / Rust]) עובדת",
            "הגרסה [Vectra (V8)] יצאה",
            "אמרו \"[This is fine.]\" והלכו",
            "א [Vectra]\u{fffc}[V8] ב",
            "ראו [a@b.example] כאן",
        ] {
            check(Direction::Rtl, &text.replace(['[', ']'], ""), text);
        }
    }

    #[test]
    fn numbers_in_hebrew() {
        for text in [
            "בשנת 2026 היו 1,250.5 איש",
            "עולה [₪15,800] בלבד",
            "ירד ב־[42%] השנה",
            "בין [10–20] ימים",
            "מ[₪3,900–₪8,400] ומעלה",
            "טווח [15 cm] מהרצפה",
            "רשת [4G] ואור של [10GHz]",
            "לטלפן [054-123-4567] או [+972 54 123 4567]",
            "חייגו [*6060] עכשיו",
            "ב־[12/11/2026] בשעה [14:30]",
            "בטמפרטורה [-40°C] בלבד",
            "ב־2026 40 מכלים",
            "15 ס״מ של קצף",
            "דיווח [#214] התקבל",
        ] {
            check(Direction::Rtl, &text.replace(['[', ']'], ""), text);
        }
    }

    #[test]
    fn hebrew_in_english() {
        for text in [
            "plain, 15 cm, ₪300, +972 54",
            "They say [שלום, עולם] in Israel",
            "The [מע״מ] of 18% and [מס (הכנסה)] too",
            "He said \"[זה בסדר.]\" and left",
            "[שָׁלוֹם] means peace",
        ] {
            check(Direction::Ltr, &text.replace(['[', ']'], ""), text);
        }
    }

    proptest! {
        #[test]
        fn runs_are_in_order_apart_and_whole(text in "[a-zA-Z0-9 א-ת״₪%().,+–/\u{fffc}\u{5b0}-]{0,60}|\\PC{0,40}", rtl: bool) {
            let base = if rtl { Direction::Rtl } else { Direction::Ltr };
            let mut end = 0;
            for isolate in isolates(&text, base) {
                prop_assert!(isolate.range.start >= end && isolate.range.start < isolate.range.end);
                prop_assert!(text.get(isolate.range.clone()).is_some_and(|run| !run.contains(is_boundary)));
                prop_assert_ne!(isolate.direction, base);
                end = isolate.range.end;
            }
        }
    }
}
