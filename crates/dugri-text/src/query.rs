//! The syntax of the search box. Reading it never fails: what is no syntax is a word.
//!
//! `words`, `"a phrase"`, `+must`, `-not`, `field:value` and `field:"a value"`. A quotation mark inside a Hebrew word
//! is gershayim (`מע"מ`), not a quote. Fields have names in both languages; an unknown field is a word.

use std::ops::Range;

use chrono::NaiveDate;

use crate::direction::{self, Direction};

/// A search as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What was asked, in order.
    pub clauses: Vec<Clause>,
}

/// One thing that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether it is wanted, required or refused.
    pub occur: Occur,
    /// Where it is looked for; `None` is everywhere.
    pub field: Option<Field>,
    /// What is looked for.
    pub value: Value,
    /// Where it stands in what was typed, in bytes, with its signs.
    pub range: Range<usize>,
}

/// Whether a clause is wanted, required or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Occur {
    /// The more, the better.
    Should,
    /// Required: `+word`, a quoted phrase, a field.
    Must,
    /// Refused: `-word`.
    MustNot,
}

/// Where a clause is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// In the title.
    Title,
    /// A product, competitor, account … or one of its other names.
    Topic,
    /// The kind of page.
    Kind,
    /// The space.
    Space,
    /// The owner.
    Owner,
    /// The state: current, superseded, …
    State,
    /// The language of the page.
    Lang,
    /// Changed before a day.
    Before,
    /// Changed on a day or later.
    After,
}

/// What a clause looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One word, as typed.
    Word(String),
    /// Words that stand together, as typed.
    Phrase(String),
    /// A day; of a month or a year the first.
    Date(NaiveDate),
}

/// The names of the fields, the first of each being the one that is shown.
const FIELDS: [(Field, &[&str]); 9] = [
    (Field::Title, &["title", "כותרת"]),
    (Field::Topic, &["topic", "tag", "נושא"]),
    (Field::Kind, &["kind", "type", "סוג"]),
    (Field::Space, &["space", "מרחב"]),
    (Field::Owner, &["owner", "אחראי", "אחראית", "באחריות"]),
    (Field::State, &["state", "status", "מצב"]),
    (Field::Lang, &["lang", "language", "שפה"]),
    (Field::Before, &["before", "לפני"]),
    (Field::After, &["after", "since", "אחרי"]),
];

/// More clauses than this are not read: a search is a line, not a text.
const CLAUSES_MAX: usize = 64;

impl Field {
    /// The field of that name, in either language.
    pub fn named(name: &str) -> Option<Field> {
        let name = name.to_lowercase();
        FIELDS
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()))
            .map(|(field, _)| *field)
    }

    /// The name under which it is written.
    pub fn name(self) -> &'static str {
        FIELDS
            .iter()
            .find(|(field, _)| *field == self)
            .map(|(_, names)| names[0])
            .expect("every field has a name")
    }
}

impl Value {
    /// The words of a word or a phrase; empty for a day.
    pub fn text(&self) -> &str {
        match self {
            Value::Word(text) | Value::Phrase(text) => text,
            Value::Date(_) => "",
        }
    }
}

impl Query {
    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The clauses without a field that are not refused: what a page should say.
    pub fn terms(&self) -> impl Iterator<Item = &Clause> {
        self.clauses
            .iter()
            .filter(|clause| clause.field.is_none() && clause.occur != Occur::MustNot)
    }

    /// The clauses of one field.
    pub fn of(&self, field: Field) -> impl Iterator<Item = &Clause> {
        self.clauses
            .iter()
            .filter(move |clause| clause.field == Some(field))
    }

    /// What was asked without fields and signs: for suggestions and for the other keyboard layout.
    pub fn plain(&self) -> String {
        self.terms()
            .map(|clause| clause.value.text())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Reads what was typed.
pub fn parse(input: &str) -> Query {
    let mut clauses = Vec::new();
    let mut at = 0;
    while clauses.len() < CLAUSES_MAX
        && let Some(start) = input[at..].find(|c: char| !is_gap(c)).map(|n| at + n)
    {
        let (clause, end) = clause_at(input, start);
        clauses.extend(clause);
        at = end;
    }
    Query { clauses }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '״' | '“' | '”' | '„')
}

/// Reads the clause at `start`. Returns it, unless it is empty, and where to go on: always further than `start`.
fn clause_at(input: &str, start: usize) -> (Option<Clause>, usize) {
    let (sign, after_sign) = match input[start..].chars().next() {
        Some('+') => (Some(Occur::Must), start + 1),
        Some('-') => (Some(Occur::MustNot), start + 1),
        _ => (None, start),
    };
    let (field, from) = match field_at(input, after_sign) {
        Some((field, from)) => (Some(field), from),
        None => (None, after_sign),
    };
    let (value, end) = value_at(input, from);
    let clause = |occur, field, value, end| {
        Some(Clause {
            occur,
            field,
            value,
            range: start..end,
        })
    };
    match (field, value) {
        (None, Some(value)) => {
            let must = matches!(value, Value::Phrase(_));
            let occur = sign.unwrap_or(if must { Occur::Must } else { Occur::Should });
            (clause(occur, None, value, end), end)
        }
        (Some(field), Some(value)) => match of_field(field, value) {
            Some(value) => (clause(sign.unwrap_or(Occur::Must), Some(field), value, end), end),
            None => (
                clause(
                    Occur::Should,
                    None,
                    Value::Word(input[after_sign..end].to_owned()),
                    end,
                ),
                end,
            ),
        },
        (Some(_), None) => {
            let word = input[after_sign..from].trim_end_matches(':').to_owned();
            (
                clause(sign.unwrap_or(Occur::Should), None, Value::Word(word), from),
                from.max(end),
            )
        }
        (None, None) => (
            None,
            end.max(start + input[start..].chars().next().map_or(1, char::len_utf8)),
        ),
    }
}

/// The field whose name and colon stand at `at`, and where its value begins.
fn field_at(input: &str, at: usize) -> Option<(Field, usize)> {
    let rest = &input[at..];
    let colon = rest
        .find(|c: char| !c.is_alphabetic())
        .filter(|colon| rest[*colon..].starts_with(':'))?;
    Some((Field::named(&rest[..colon])?, at + colon + 1))
}

/// The word or phrase at `at`, if any, and where it ends.
fn value_at(input: &str, at: usize) -> (Option<Value>, usize) {
    let rest = &input[at..];
    if let Some(quote) = rest.chars().next().filter(|c| is_quote(*c)) {
        let inside = at + quote.len_utf8();
        return match closing_quote(input, inside) {
            Some(close) => {
                let end = close + input[close..].chars().next().map_or(0, char::len_utf8);
                let text = input[inside..close]
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                ((!text.is_empty()).then_some(Value::Phrase(text)), end)
            }
            // Still being typed, or left open: its words are words.
            None => (None, inside),
        };
    }
    let end = rest
        .char_indices()
        .find(|(n, c)| is_gap(*c) || (is_quote(*c) && !is_gershayim(input, at + n, *c)))
        .map_or(input.len(), |(n, _)| at + n);
    ((end > at).then(|| Value::Word(input[at..end].to_owned())), end)
}

fn closing_quote(input: &str, from: usize) -> Option<usize> {
    input[from..]
        .char_indices()
        .map(|(n, c)| (from + n, c))
        .find(|(n, c)| is_quote(*c) && !is_gershayim(input, *n, *c))
        .map(|(n, _)| n)
}

/// Whether the mark at `at` belongs to a Hebrew word: a letter before it, one to three and then no more after it.
fn is_gershayim(input: &str, at: usize, mark: char) -> bool {
    let hebrew = |c: char| direction::of_char(c) == Some(Direction::Rtl) && !is_quote(c);
    let before = input[..at].chars().next_back().is_some_and(hebrew);
    let after = input[at + mark.len_utf8()..]
        .chars()
        .take_while(|c| hebrew(*c))
        .take(4)
        .count();
    before && (1..=3).contains(&after)
}

/// What the value means in its field; `None` when it means nothing there.
fn of_field(field: Field, value: Value) -> Option<Value> {
    match field {
        Field::Before | Field::After => date(value.text()).map(Value::Date),
        _ => Some(value),
    }
}

/// A day, or the first one of a month or a year: `2026-11-22`, `22.11.2026`, `22/11/2026`, `2026-11`, `11.2026`, `2026`.
fn date(text: &str) -> Option<NaiveDate> {
    let parts: Vec<u32> = text
        .split(['-', '.', '/'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (year, month, day) = match parts[..] {
        [year] => (year, 1, 1),
        [year, month] if year > 31 => (year, month, 1),
        [month, year] => (year, month, 1),
        [year, month, day] if year > 31 => (year, month, day),
        [day, month, year] => (year, month, day),
        _ => return None,
    };
    let year = if year < 100 && parts.len() == 3 {
        year + 2000
    } else {
        year
    };
    (1900..=9999)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year as i32, month, day))
        .flatten()
}

#[cfg(test)]
mod tests;
