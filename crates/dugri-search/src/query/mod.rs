//! What the user asked, in a form that no input can break.

/// A query: the text as typed, and its clauses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The free text as typed, without field conditions; what the other keyboard layout is tried on.
    pub raw: String,
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
}

/// A part of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clause {
    /// The words.
    pub text: String,
    /// In quotes: the words must stand together.
    pub phrase: bool,
    /// With a plus: must be there.
    pub required: bool,
    /// With a minus: must not be there.
    pub excluded: bool,
    /// Only in this part of a document.
    pub field: Option<TextField>,
}

/// The parts of a document that a clause can be limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The title.
    Title,
    /// The topics.
    Topics,
}

pub(crate) mod layout;
pub(crate) mod words;

impl Query {
    /// Reads a query: words, `"phrases"`, `+required`, `-excluded`. Reads anything and never fails.
    ///
    /// A quote inside a Hebrew word is no quote, and a hyphen excludes only at the beginning of a word.
    pub fn parse(text: &str) -> Query {
        let mut clauses = Vec::new();
        let mut rest = text;
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                break;
            }
            let (clause, after) = clause(rest);
            push(&mut clauses, clause);
            rest = after;
        }
        if let Some(last) = clauses.last_mut()
            && text.ends_with(char::is_whitespace)
        {
            last.text.push(' ');
        }
        Query {
            raw: text.to_owned(),
            clauses,
        }
    }

    /// A query of words only: no sign has a meaning.
    pub fn plain(text: &str) -> Query {
        Query {
            raw: text.to_owned(),
            clauses: vec![Clause {
                text: text.to_owned(),
                ..Clause::default()
            }],
        }
    }
}

const QUOTES: [char; 4] = ['"', '\u{201C}', '\u{201D}', '\u{201E}'];

fn clause(text: &str) -> (Clause, &str) {
    let (required, excluded, text) = match text.chars().next() {
        Some('+') => (true, false, &text[1..]),
        Some('-') => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    let (phrase, words, after) = match text.strip_prefix(QUOTES) {
        Some(inner) => {
            let end = closing_quote(inner).unwrap_or(inner.len());
            let after = inner[end..].strip_prefix(QUOTES).unwrap_or("");
            (true, &inner[..end], after)
        }
        None => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            (false, &text[..end], &text[end..])
        }
    };
    let clause = Clause {
        text: words.to_owned(),
        phrase,
        required,
        excluded,
        field: None,
    };
    (clause, after)
}

/// The quote that ends a phrase: not one between two letters, which is gershayim.
fn closing_quote(text: &str) -> Option<usize> {
    let is_quote_at = |(at, quote): &(usize, &str)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + quote.len()..].chars().next();
        !(before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic))
    };
    text.match_indices(QUOTES).find(is_quote_at).map(|(at, _)| at)
}

/// Plain words beside each other are one clause, so that compounds and codes in two words are seen.
fn push(clauses: &mut Vec<Clause>, clause: Clause) {
    let is_plain = |c: &Clause| !c.phrase && !c.required && !c.excluded && c.field.is_none();
    match clauses.last_mut() {
        Some(last) if is_plain(last) && is_plain(&clause) => {
            last.text.push(' ');
            last.text.push_str(&clause.text);
        }
        _ => clauses.push(clause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = Query::parse(text)
            .clauses
            .into_iter()
            .map(|c| {
                let sign = if c.required {
                    "+"
                } else if c.excluded {
                    "-"
                } else {
                    ""
                };
                let quote = if c.phrase { "|" } else { "" };
                format!("{sign}{quote}{}{quote}", c.text)
            })
            .collect();
        assert_eq!(shown.join(" / "), expected, "{text}");
    }

    #[test]
    fn clauses() {
        check("מחיר מע\"מ", "מחיר מע\"מ");
        check("\"מע\"מ מלא\" הנחה", "|מע\"מ מלא| / הנחה");
        check("a \"b c\" +d -e f", "a / |b c| / +d / -e / f");
        check("MX-40 x", "MX-40 x");
        check("\"open phrase", "|open phrase|");
        check("\"\"\"", "|| / ||");
        check("", "");
    }
}
