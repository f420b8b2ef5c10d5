//! Hebrew that is stored as it looks, from left to right, put into the order in which it is read.
//!
//! A PDF says where each letter stands and nothing else; old text files were written for screens that could only go one
//! way. The Unicode algorithm can't be run backwards without a doubt, but the doubtful cases (two numbers beside each
//! other, brackets between two scripts) change the order of a few words, and search finds them all the same.

/// Final letters, which stand only at the end of a word: at its beginning they betray a line that runs backwards.
const FINALS: [char; 5] = ['ך', 'ם', 'ן', 'ף', 'ץ'];

/// So many such words, and so many times those that are right, make a text one that runs backwards.
const BACKWARDS_MIN: usize = 3;
const BACKWARDS_RATIO: usize = 3;

/// A text in the order in which it is read, whether or not it was stored so. A text without Hebrew comes out as it is.
pub(super) fn in_reading_order(text: &str) -> String {
    if !runs_backwards(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let pieces: Vec<String> = line.chars().map(String::from).collect();
        out.push_str(&from_left_to_right(&pieces));
        out.push('\n');
    }
    out
}

/// Whether the Hebrew of a text is stored backwards.
pub(super) fn runs_backwards(text: &str) -> bool {
    let (mut first, mut last) = (0, 0);
    for word in text.split(|c: char| !is_rtl(c)) {
        let mut letters = word.chars();
        let (Some(start), Some(end)) = (letters.next(), letters.next_back()) else {
            continue;
        };
        first += usize::from(FINALS.contains(&start));
        last += usize::from(FINALS.contains(&end));
    }
    first >= BACKWARDS_MIN && first > last * BACKWARDS_RATIO
}

/// The line that is read where these pieces stand from left to right. A piece is what one glyph stands for.
pub(super) fn from_left_to_right(pieces: &[String]) -> String {
    let classes: Vec<Class> = pieces.iter().map(|piece| Class::of(piece)).collect();
    if !classes.contains(&Class::Rtl) {
        return pieces.concat();
    }
    if is_from_the_right(&classes) {
        return turned(pieces, &classes);
    }
    // A line in Latin letters: only its Hebrew is turned, from the first such letter to the last before a Latin one.
    let mut out = String::new();
    let mut at = 0;
    while at < pieces.len() {
        if classes[at] != Class::Rtl {
            out.push_str(&pieces[at]);
            at += 1;
            continue;
        }
        let rest = &classes[at..];
        let until_latin = rest.iter().position(|c| *c == Class::Ltr).unwrap_or(rest.len());
        let hebrew = rest[..until_latin].iter().rposition(|c| *c == Class::Rtl);
        let end = at + hebrew.unwrap_or(0) + 1;
        out.push_str(&turned(&pieces[at..end], &classes[at..end]));
        at = end;
    }
    out
}

/// Whether a line with Hebrew in it is read from the right: when it begins and ends so, or has as many Hebrew words as others.
fn is_from_the_right(classes: &[Class]) -> bool {
    let letters = || classes.iter().filter(|c| matches!(c, Class::Rtl | Class::Ltr));
    if letters().next() == Some(&Class::Rtl) && letters().next_back() == Some(&Class::Rtl) {
        return true;
    }
    let words = |class| {
        classes
            .chunk_by(|a, b| a == b)
            .filter(|run| run[0] == class)
            .count()
    };
    words(Class::Rtl) >= words(Class::Ltr)
}

/// A line that is read from the right: turned as a whole, its numbers and Latin words turned back.
fn turned(pieces: &[String], classes: &[Class]) -> String {
    let mut out = String::new();
    let mut end = pieces.len();
    while end > 0 {
        let start = run_start(classes, end);
        if start < end {
            out.extend(pieces[start..end].iter().map(String::as_str));
            end = start;
        } else {
            out.push_str(mirrored(&pieces[end - 1]));
            end -= 1;
        }
    }
    out
}

/// Where the run that reads from left to right and ends before `end` begins; `end` where there is none.
fn run_start(classes: &[Class], end: usize) -> usize {
    let is_strong = |at: usize| matches!(classes[at], Class::Ltr | Class::Digit);
    // A sign right behind a number or before it belongs to it: `12%`, `$40`.
    let mut start = end;
    while start > 0 && classes[start - 1] == Class::Sign {
        start -= 1;
    }
    if start == 0 || !is_strong(start - 1) {
        return end;
    }
    if start < end && classes[start - 1] != Class::Digit {
        return end;
    }
    let mut has_latin = false;
    loop {
        while start > 0 && is_strong(start - 1) {
            start -= 1;
            has_latin |= classes[start] == Class::Ltr;
        }
        // What stands between two such words belongs to them, unless both are numbers with room between them.
        let mut before = start;
        while before > 0
            && matches!(
                classes[before - 1],
                Class::Sign | Class::Separator | Class::Space | Class::Other
            )
        {
            before -= 1;
        }
        if before == 0 || before == start || !is_strong(before - 1) {
            break;
        }
        let between = &classes[before..start];
        let is_tight = between.len() == 1 && matches!(between[0], Class::Separator | Class::Sign);
        let word_before = classes[..before]
            .iter()
            .rev()
            .take_while(|c| matches!(c, Class::Ltr | Class::Digit));
        let latin_before = word_before.into_iter().any(|c| *c == Class::Ltr);
        if !(is_tight || has_latin || latin_before) {
            break;
        }
        start = before;
    }
    while start > 0 && classes[start - 1] == Class::Sign && classes[start] == Class::Digit {
        start -= 1;
    }
    start
}

/// What a piece is to the order of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Rtl,
    Ltr,
    Digit,
    /// Stands before or behind a number and goes with it.
    Sign,
    /// Stands between the digits of one number or the parts of one name.
    Separator,
    Space,
    Other,
}

impl Class {
    fn of(piece: &str) -> Class {
        match piece.chars().next() {
            Some(c) if is_rtl(c) => Class::Rtl,
            Some(c) if c.is_numeric() => Class::Digit,
            Some(c) if c.is_alphabetic() => Class::Ltr,
            Some('%' | '$' | '€' | '£' | '₪' | '+' | '#' | '°' | '‰') => Class::Sign,
            Some('.' | ',' | ':' | '/' | '-' | '@' | '_') => Class::Separator,
            Some(c) if c.is_whitespace() => Class::Space,
            _ => Class::Other,
        }
    }
}

/// Letters that are written from the right: Hebrew and its presentation forms, Arabic.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{5D0}'..='\u{5F4}' | '\u{FB1D}'..='\u{FB4F}' | '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}')
}

/// What looks like an opening bracket from the left closes from the right.
fn mirrored(piece: &str) -> &str {
    match piece {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "{" => "}",
        "}" => "{",
        "<" => ">",
        ">" => "<",
        "«" => "»",
        "»" => "«",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line as it is read, and as it stands on the page from left to right.
    fn check(read: &str, seen: &str) {
        let pieces: Vec<String> = seen.chars().map(String::from).collect();
        assert_eq!(from_left_to_right(&pieces), read);
    }

    #[test]
    fn hebrew_is_read_from_the_right() {
        check("שלום עולם", "םלוע םולש");
        check("לא נגענו.", ".ונעגנ אל");
        check("מחיר (כולל מע\"מ)", "(מ\"עמ ללוכ) ריחמ");
    }

    #[test]
    fn numbers_and_latin_words_keep_their_order() {
        check("המחיר 1,250.50 ₪ ליחידה", "הדיחיל ₪ 1,250.50 ריחמה");
        check("הנחה של 12% עד 24/11/2026", "24/11/2026 דע 12% לש החנה");
        check(
            "החיישן XR-200 של Orion Sensors עובד",
            "דבוע Orion Sensors לש XR-200 ןשייחה",
        );
        check("בין 10 20 מטר", "רטמ 20 10 ןיב");
        check("דרגת IP68, עומק 3 מטר", "רטמ 3 קמוע ,IP68 תגרד");
        check("עולה $40 בלבד", "דבלב $40 הלוע");
        check(
            "כתבו אל sales@orion.example היום",
            "םויה sales@orion.example לא ובתכ",
        );
    }

    #[test]
    fn a_latin_line_keeps_its_order_and_turns_its_hebrew() {
        check("The product שם המוצר is listed", "The product רצומה םש is listed");
        check("no Hebrew at all", "no Hebrew at all");
        check("", "");
    }

    #[test]
    fn a_text_that_runs_backwards_is_known_by_its_final_letters() {
        let right = "שלום לכולם\nהחיישנים שלנו מודדים מרחקים ארוכים";
        let seen = "םלוכל םולש\nםיכורא םיקחרמ םידדומ ונלש םינשייחה";
        assert!(!runs_backwards(right));
        assert!(runs_backwards(seen));
        assert_eq!(in_reading_order(right), right);
        assert_eq!(in_reading_order(seen).trim_end(), right);
        assert!(!runs_backwards("plain English"));
    }
}
