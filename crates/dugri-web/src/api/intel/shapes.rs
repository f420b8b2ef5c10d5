//! Reports as the API's JSON.

use chrono::{DateTime, Utc};
use dugri_app::intel::{self, Card, Detail};
use dugri_core::intel::MessageKind;
use dugri_core::{IntelId, Language};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A report to send. `what`, `subject` and `certainty` are needed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// What happened.
    #[serde(default)]
    pub(super) what: String,
    /// `customer`, `competitor`, `partner` or `material`.
    #[serde(default)]
    pub(super) subject: String,
    /// `heard`, `document` or `rumour`.
    #[serde(default)]
    pub(super) certainty: String,
    /// `price`, `objection`, `won`, `lost`, `missing-feature`, `fault` or `question`.
    #[serde(default)]
    pub(super) kind: Option<String>,
    /// Where it was heard.
    #[serde(default)]
    pub(super) channel: Option<String>,
    /// The customer.
    #[serde(default)]
    pub(super) account: Option<String>,
    /// Words of somebody else.
    #[serde(default)]
    pub(super) quote: Option<String>,
    /// Whether it is urgent.
    #[serde(default)]
    pub(super) urgent: bool,
    /// Whether only managers see who sent it.
    #[serde(default)]
    pub(super) confidential: bool,
    /// The page it concerns, by its permanent id.
    #[serde(default)]
    pub(super) page: Option<String>,
    /// The N of the `vN` that the reporter saw.
    #[serde(default)]
    pub(super) revision: Option<i64>,
    /// The section of the page.
    #[serde(default)]
    pub(super) section: Option<String>,
    /// The words of the page.
    #[serde(default)]
    pub(super) passage: Option<String>,
    /// The client's own id, as in `Idempotency-Key`: sent twice, it is one report.
    #[serde(default)]
    pub(super) client_id: Option<String>,
}

/// That a report is in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Submitted {
    /// Its number.
    pub number: i64,
    /// Its address on this server.
    pub path: String,
}

/// A topic of a report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportTopic)]
pub struct Topic {
    /// Its slug.
    pub slug: String,
    /// `product`, `competitor`, `account`, `partner`, `segment` or `region`.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// A person of a report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportPerson)]
pub struct Person {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
}

/// A publication that a report led to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outcome {
    /// The page's permanent id.
    pub page: String,
    /// The title of that revision.
    pub title: String,
    /// The N of `vN`.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The address of that revision.
    pub path: String,
}

/// A report as the reader may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    /// Its number.
    pub number: i64,
    /// Its address on this server.
    pub path: String,
    /// `new`, `acknowledged`, `in-work`, `published`, `answered`, `declined` or `merged`.
    pub state: String,
    /// What happened.
    pub what: String,
    /// About whom.
    pub subject: String,
    /// How certain.
    pub certainty: String,
    /// What it is.
    pub kind: Option<String>,
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
    /// Who reported; absent where that may not be known.
    pub reporter: Option<Person>,
    /// Who answers for it.
    pub assignee: Option<Person>,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// When it came in.
    pub at: DateTime<Utc>,
    /// Until when the next answer is promised, while it is open.
    pub due: Option<DateTime<Utc>>,
    /// When somebody first responded.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// When it got its outcome.
    pub closed_at: Option<DateTime<Utc>>,
    /// The answer or the reason.
    pub outcome: String,
    /// The report that it became part of.
    pub merged_into: Option<i64>,
    /// The publications it led to, as far as the reader may read them; the outcome first.
    pub published: Vec<Outcome>,
    /// Whether its reporter has not looked at something in it.
    pub unread: bool,
}

/// A line of the conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Line {
    /// `reply` or `note`.
    pub kind: String,
    /// Who; absent where that may not be known.
    pub author: Option<Person>,
    /// When.
    pub at: DateTime<Utc>,
    /// The text.
    pub text: String,
}

/// A file of a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportFile {
    /// The permanent id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The address on this server.
    pub path: String,
    /// The type, by content.
    pub media_type: String,
    /// The size in bytes.
    pub size: i64,
}

/// A report in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportInFull {
    /// The report.
    #[serde(flatten)]
    pub report: Report,
    /// The page it concerns, by its permanent id, if the reader may read it.
    pub page: Option<String>,
    /// The section of the page.
    pub section: String,
    /// The words of the page.
    pub passage: String,
    /// The conversation.
    pub messages: Vec<Line>,
    /// Its files.
    pub files: Vec<ReportFile>,
    /// The reports that became part of it; for those who triage.
    pub merged: Vec<i64>,
    /// Reports that may tell the same; for those who triage.
    pub similar: Vec<i64>,
}

/// A list and where it goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reports {
    /// The reports.
    pub results: Vec<Report>,
    /// To be sent as `before` for the next ones; absent at the end.
    pub next: Option<i64>,
}

pub(super) fn path(id: IntelId) -> String {
    format!("/intel/{id}")
}

fn person(language: Language, person: &intel::PersonName) -> Person {
    Person {
        id: person.id.0,
        name: person.name_in(language).to_owned(),
    }
}

pub(super) fn reports(language: Language, cards: &[Card], next: Option<i64>) -> Reports {
    Reports {
        results: cards.iter().map(|card| report(language, card)).collect(),
        next,
    }
}

pub(super) fn report(language: Language, card: &Card) -> Report {
    let row = &card.report;
    Report {
        number: row.id.0,
        path: path(row.id),
        state: row.state.to_string(),
        what: row.what.clone(),
        subject: row.subject.to_string(),
        certainty: row.certainty.to_string(),
        kind: row.kind.map(|kind| kind.to_string()),
        channel: row.channel.clone(),
        account: row.account.clone(),
        quote: row.quote.clone(),
        urgent: row.urgent,
        confidential: row.confidential,
        reporter: card.reporter.as_ref().map(|who| person(language, who)),
        assignee: card.assignee.as_ref().map(|who| person(language, who)),
        topics: card
            .topics
            .iter()
            .map(|topic| Topic {
                slug: topic.slug.clone(),
                kind: topic.kind.to_string(),
                name: topic.name_in(language).to_owned(),
            })
            .collect(),
        at: row.at,
        due: card.clock.map(|clock| clock.due),
        acknowledged_at: row.acknowledged_at,
        closed_at: row.closed_at,
        outcome: row.outcome.clone(),
        merged_into: row.merged_into.map(|id| id.0),
        published: card
            .citations
            .iter()
            .map(|citation| Outcome {
                page: citation.public_id.to_string(),
                title: citation.title.clone(),
                number: citation.number,
                at: citation.at,
                path: format!("/p/{}/v/{}", citation.public_id, citation.number),
            })
            .collect(),
        unread: card.unread,
    }
}

pub(super) fn in_full(language: Language, detail: &Detail) -> ReportInFull {
    let card = &detail.card;
    ReportInFull {
        page: detail.page.as_ref().map(|line| line.page.public_id.to_string()),
        section: card.report.section.clone(),
        passage: card.report.passage.clone(),
        messages: card
            .messages
            .iter()
            .map(|said| Line {
                kind: match said.message.kind {
                    MessageKind::Reply => "reply".into(),
                    MessageKind::Note => "note".into(),
                },
                author: said.author.as_ref().map(|who| person(language, who)),
                at: said.message.at,
                text: said.message.text.clone(),
            })
            .collect(),
        files: detail.files.iter().map(file_of).collect(),
        merged: detail.merged.iter().map(|card| card.report.id.0).collect(),
        similar: detail.similar.iter().map(|one| one.card.report.id.0).collect(),
        report: report(language, card),
    }
}

pub(super) fn file_of(file: &intel::FileRow) -> ReportFile {
    ReportFile {
        id: file.public_id.to_string(),
        name: file.name.clone(),
        path: format!("/f/{}", file.public_id),
        media_type: file.media_type.clone(),
        size: file.size,
    }
}
