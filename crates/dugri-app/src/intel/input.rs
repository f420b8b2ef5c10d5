//! What a report must say, and how long it may be. Each reason stands beside its field, with what was typed kept.

use dugri_core::PublicId;
use dugri_core::intel::{
    Certainty, IntelKind, LINE_CHARS_MAX, MESSAGE_CHARS_MAX, QUOTE_CHARS_MAX, Subject, WHAT_CHARS_MAX,
};

use crate::{Error, FieldError};

/// A report as it was typed or sent.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// The id made where the report was written.
    pub client_id: Option<String>,
    /// What happened.
    pub what: String,
    /// About whom, in the written form.
    pub subject: String,
    /// How certain, in the written form.
    pub certainty: String,
    /// What it is, in the written form; empty where not said.
    pub kind: String,
    /// Where it was heard.
    pub channel: String,
    /// The customer.
    pub account: String,
    /// Words of somebody else.
    pub quote: String,
    /// Whether it is urgent.
    pub urgent: bool,
    /// Whether only managers see who sent it.
    pub confidential: bool,
    /// The page it concerns, by its public id.
    pub page: String,
    /// The number of the revision that the reporter saw.
    pub revision: Option<i64>,
    /// The section of the page, by its heading's anchor.
    pub section: String,
    /// The words of the page.
    pub passage: String,
}

/// A report whose fields are right.
#[derive(Debug)]
pub(super) struct Checked {
    pub client_id: Option<String>,
    pub what: String,
    pub subject: Subject,
    pub certainty: Certainty,
    pub kind: Option<IntelKind>,
    pub channel: String,
    pub account: String,
    pub quote: String,
    pub urgent: bool,
    pub confidential: bool,
    pub page: Option<PublicId>,
    pub number: Option<i64>,
    pub section: String,
    pub passage: String,
}

impl Checked {
    /// All that topics are looked for in.
    pub(super) fn text(&self) -> String {
        [
            &self.what,
            &self.account,
            &self.quote,
            &self.passage,
            &self.channel,
        ]
        .map(String::as_str)
        .join("\n")
    }
}

/// Checks all fields and tells all reasons at once.
pub(super) fn check(typed: Submission) -> Result<Checked, Error> {
    let mut wrong = Vec::new();
    let what = text(&mut wrong, "what", &typed.what, WHAT_CHARS_MAX);
    if what.is_empty() {
        wrong.push(FieldError::new("what", "intel-error-what"));
    }
    let subject = required(&mut wrong, "subject", &typed.subject, "intel-error-subject");
    let certainty = required(&mut wrong, "certainty", &typed.certainty, "intel-error-certainty");
    let kind = optional(&mut wrong, "kind", &typed.kind, "intel-error-kind");
    let channel = text(&mut wrong, "channel", &typed.channel, LINE_CHARS_MAX);
    let account = text(&mut wrong, "account", &typed.account, LINE_CHARS_MAX);
    let quote = text(&mut wrong, "quote", &typed.quote, QUOTE_CHARS_MAX);
    let passage = text(&mut wrong, "passage", &typed.passage, QUOTE_CHARS_MAX);
    let section = text(&mut wrong, "section", &typed.section, LINE_CHARS_MAX);
    let client_id = client_id(&mut wrong, typed.client_id.as_deref());
    match (subject, certainty) {
        (Some(subject), Some(certainty)) if wrong.is_empty() => Ok(Checked {
            client_id,
            what,
            subject,
            certainty,
            kind,
            channel,
            account,
            quote,
            urgent: typed.urgent,
            confidential: typed.confidential,
            page: PublicId::parse(typed.page.trim()),
            number: typed.revision,
            section,
            passage,
        }),
        _ => Err(Error::Invalid(wrong)),
    }
}

/// A reply, note, answer or reason: needed, and not too long.
pub(super) fn message(typed: &str) -> Result<String, Error> {
    let mut wrong = Vec::new();
    let text = text(&mut wrong, "text", typed, MESSAGE_CHARS_MAX);
    if text.is_empty() {
        wrong.push(FieldError::new("text", "intel-error-text"));
    }
    if wrong.is_empty() {
        Ok(text)
    } else {
        Err(Error::Invalid(wrong))
    }
}

/// The longest id made by a client; a UUID has 36 characters.
const CLIENT_ID_CHARS_MAX: usize = 100;

/// An id made by a client, a UUID in its one written form; any other short word that tells two requests apart will do.
pub(super) fn client_id(wrong: &mut Vec<FieldError>, typed: Option<&str>) -> Option<String> {
    let typed = typed.map(str::trim).filter(|id| !id.is_empty())?;
    if let Ok(id) = uuid::Uuid::try_parse(typed) {
        return Some(id.to_string());
    }
    if typed.len() <= CLIENT_ID_CHARS_MAX && typed.bytes().all(|b| b.is_ascii_graphic()) {
        return Some(typed.to_owned());
    }
    wrong.push(FieldError::new("client_id", "intel-error-client-id"));
    None
}

/// A text with one kind of line end, without control characters (which no database takes) and without margins.
fn text(wrong: &mut Vec<FieldError>, field: &'static str, typed: &str, chars_max: usize) -> String {
    let clean: String = typed
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let clean = clean.trim();
    let chars = clean.chars().count();
    if chars > chars_max {
        let error = FieldError::new(field, "intel-error-long")
            .with("max", chars_max)
            .with("over", chars - chars_max);
        wrong.push(error);
    }
    clean.to_owned()
}

fn required<T: std::str::FromStr>(
    wrong: &mut Vec<FieldError>,
    field: &'static str,
    typed: &str,
    code: &'static str,
) -> Option<T> {
    let word = typed.trim().parse().ok();
    if word.is_none() {
        wrong.push(FieldError::new(field, code));
    }
    word
}

fn optional<T: std::str::FromStr>(
    wrong: &mut Vec<FieldError>,
    field: &'static str,
    typed: &str,
    code: &'static str,
) -> Option<T> {
    if typed.trim().is_empty() {
        None
    } else {
        required(wrong, field, typed, code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Submission {
        Submission {
            what: " Vectra gave the gateway for free.\r\n".into(),
            subject: "competitor".into(),
            certainty: "heard".into(),
            ..Submission::default()
        }
    }

    /// The fields that are wrong.
    fn wrong(change: impl FnOnce(&mut Submission)) -> Vec<&'static str> {
        let mut submission = typed();
        change(&mut submission);
        match check(submission) {
            Ok(_) => Vec::new(),
            Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn three_things_are_needed() {
        assert_eq!(
            check(typed()).expect("enough").what,
            "Vectra gave the gateway for free."
        );
        assert_eq!(
            wrong(|s| *s = Submission::default()),
            ["what", "subject", "certainty"]
        );
        assert_eq!(wrong(|s| s.what = " \n\u{0}".into()), ["what"]);
        assert_eq!(wrong(|s| s.subject = "weather".into()), ["subject"]);
    }

    #[test]
    fn the_rest_may_be_left_out_but_not_be_wrong() {
        assert_eq!(wrong(|s| s.kind = "rant".into()), ["kind"]);
        assert_eq!(wrong(|s| s.kind = "price".into()), [""; 0]);
        assert_eq!(wrong(|s| s.client_id = Some("a b".into())), ["client_id"]);
        assert_eq!(
            wrong(|s| s.page = "no id".into()),
            [""; 0],
            "a report is not lost for its page"
        );
    }

    #[test]
    fn too_long_says_by_how_much() {
        let mut submission = typed();
        submission.account = "א".repeat(LINE_CHARS_MAX + 3);
        let Err(Error::Invalid(fields)) = check(submission) else {
            panic!("too long")
        };
        assert_eq!(
            fields[0].args,
            [("max", "200".to_owned()), ("over", "3".to_owned())]
        );
    }

    #[test]
    fn control_characters_go_and_line_ends_are_one() {
        let mut wrong = Vec::new();
        assert_eq!(text(&mut wrong, "what", "a\u{0}\r\nb\rc\u{7}", 9), "a\nb\nc");
    }
}
