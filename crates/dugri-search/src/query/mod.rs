//! What the user asked, in a form that no input can break: the syntax is read by `dugri-text`, here it gets a meaning
//! for the index.

pub(crate) mod glossary;
pub(crate) mod intent;
pub(crate) mod layout;
pub(crate) mod words;

use dugri_core::pages::State;
use dugri_core::words::Language;
use dugri_text::query::{Clause as TextClause, Field, Occur, Value};

/// A query: the words as typed, clauses to find and conditions to meet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The words as typed, without signs and fields.
    pub plain: String,
    /// What is looked for, in order.
    pub clauses: Vec<Clause>,
    /// What the hits must be besides.
    pub conditions: Vec<Condition>,
}

/// A part of a query that is looked for in texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clause {
    /// The words.
    pub text: String,
    /// In quotes: the words must stand together.
    pub phrase: bool,
    /// With a plus, a field or quotes: must be there.
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
    /// The names of the kind.
    Kind,
    /// The names of the space.
    Space,
}

/// A condition on what is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What must hold.
    pub test: Test,
    /// Or must not hold.
    pub refused: bool,
}

/// What a condition looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The owner's name has words that begin so.
    Owner(String),
    /// The state, by its written form; an unknown word fits nothing.
    State(String),
    /// The language, by its code or name; an unknown word fits nothing.
    Language(Option<Language>),
    /// Updated before this moment, in microseconds since 1970.
    Before(i64),
    /// Updated at this moment or later.
    After(i64),
}

impl Query {
    /// Reads what was typed. Reads anything and never fails; of an endless text only the beginning.
    pub fn parse(typed: &str) -> Query {
        let typed = words::cut(typed);
        Query::new(typed, &dugri_text::query::parse(typed))
    }

    /// The meaning of what was typed and read.
    pub fn new(typed: &str, read: &dugri_text::query::Query) -> Query {
        let mut query = Query {
            plain: read.plain(),
            ..Query::default()
        };
        let mut last_plain: Option<usize> = None;
        for clause in &read.clauses {
            let is_plain = is_plain(clause);
            match (is_plain, last_plain, query.clauses.last_mut()) {
                // Plain words beside each other are one clause, so that compounds and codes in two words are seen.
                (true, Some(start), Some(last)) => {
                    last.text = typed[start..clause.range.end].to_owned();
                }
                _ => query.add(clause),
            }
            last_plain = is_plain.then(|| last_plain.unwrap_or(clause.range.start));
        }
        query.keep_last_gap(typed);
        query
    }

    /// A query of words only: no sign has a meaning.
    pub fn plain(text: &str) -> Query {
        Query {
            plain: text.to_owned(),
            clauses: vec![Clause {
                text: text.to_owned(),
                ..Clause::default()
            }],
            conditions: Vec::new(),
        }
    }

    fn add(&mut self, clause: &TextClause) {
        let text = clause.value.text();
        let refused = clause.occur == Occur::MustNot;
        let mut look_for = |field| {
            self.clauses.push(Clause {
                text: text.to_owned(),
                phrase: matches!(clause.value, Value::Phrase(_)),
                required: clause.occur == Occur::Must,
                excluded: refused,
                field,
            });
        };
        let test = match clause.field {
            None => return look_for(None),
            Some(Field::Title) => return look_for(Some(TextField::Title)),
            Some(Field::Topic) => return look_for(Some(TextField::Topics)),
            Some(Field::Kind) => return look_for(Some(TextField::Kind)),
            Some(Field::Space) => return look_for(Some(TextField::Space)),
            Some(Field::Owner) => Test::Owner(text.to_owned()),
            Some(Field::State) => Test::State(state(text)),
            Some(Field::Lang) => Test::Language(language(text)),
            Some(Field::Before) => Test::Before(micros(&clause.value)),
            Some(Field::After) => Test::After(micros(&clause.value)),
        };
        self.conditions.push(Condition { test, refused });
    }

    /// A gap after the last word says that the word is finished.
    fn keep_last_gap(&mut self, typed: &str) {
        if typed.ends_with(char::is_whitespace)
            && let Some(last) = self.clauses.last_mut()
        {
            last.text.push(' ');
        }
    }
}

fn is_plain(clause: &TextClause) -> bool {
    clause.occur == Occur::Should && clause.field.is_none() && matches!(clause.value, Value::Word(_))
}

/// The written form of a state that is named in either language.
fn state(text: &str) -> String {
    let state = match text {
        "טיוטה" => State::Draft,
        "תקף" | "בתוקף" => State::Current,
        "הוחלף" => State::Superseded,
        "בארכיון" | "ארכיון" => State::Archived,
        _ => return text.to_lowercase(),
    };
    state.as_str().to_owned()
}

fn language(text: &str) -> Option<Language> {
    match text.to_lowercase().as_str() {
        "he" | "heb" | "hebrew" | "עברית" => Some(Language::He),
        "en" | "eng" | "english" | "אנגלית" => Some(Language::En),
        _ => None,
    }
}

/// The beginning of a day in UTC.
fn micros(value: &Value) -> i64 {
    match value {
        Value::Date(date) => date.and_time(Default::default()).and_utc().timestamp_micros(),
        Value::Word(_) | Value::Phrase(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let query = Query::parse(text);
        let clauses = query.clauses.iter().map(|c| {
            let sign = match (c.excluded, c.required) {
                (true, _) => "-",
                (_, true) => "+",
                _ => "",
            };
            let field = c.field.map_or(String::new(), |f| format!("{f:?}:"));
            let quote = if c.phrase { "|" } else { "" };
            format!("{sign}{field}{quote}{}{quote}", c.text)
        });
        let conditions = query.conditions.iter().map(|c| format!("{:?}", c.test));
        let shown: Vec<String> = clauses.chain(conditions).collect();
        assert_eq!(shown.join(" / "), expected, "{text}");
    }

    #[test]
    fn clauses_and_conditions() {
        check("מחיר מע\"מ", "מחיר מע\"מ");
        check("\"מע\"מ מלא\" הנחה", "+|מע\"מ מלא| / הנחה");
        check("a \"b c\" +d -e f  g", "a / +|b c| / +d / -e / f  g");
        check("MX 40 ", "MX 40 ");
        check("title:price kind:מחירון", "+Title:price / +Kind:מחירון");
        check(
            "lang:he state:הוחלף",
            "Language(Some(He)) / State(\"superseded\")",
        );
        check(
            "after:1970-01-02 owner:dana",
            "After(86400000000) / Owner(\"dana\")",
        );
        check("", "");
    }
}
