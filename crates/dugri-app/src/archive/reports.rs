//! The field's reports: each is written as it stands in the end, at the moment when it came in; what became of it is told
//! to the event log step by step, and its outcome is tied to the publication once that exists.

use chrono::Duration;
use dugri_core::intel::{IntelState, MessageKind, promise};
use dugri_core::{Event, IntelId, PageId, PersonId, RevisionId};
use dugri_store::intel::import::{self, ImportedMessage, ImportedReport, Outcome};
use dugri_store::intel::submit::NewReport;
use dugri_store::{Tx, publications, revisions};
use dugri_text::markdown;

use super::format::Report;
use super::{Failure, Loader, find};

/// Outcomes older than this count as seen by their reporters: an old archive is no news.
const SEEN_AFTER_DAYS: i64 = 2;

const FILE: &str = "intel.toml";

impl Loader {
    pub(super) fn report(&mut self, tx: &mut Tx, n: usize) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let report = &archive.reports[n];
        let space = find(&self.spaces, FILE, &report.space, "a space", "spaces.toml")?.id;
        let topics = report
            .topics
            .iter()
            .map(|slug| find(&self.topics, FILE, slug, "a topic", "topics.toml"))
            .collect::<Result<Vec<_>, _>>()?;
        let at = self.at(report.at);
        let promise = promise(report.kind, report.urgent);
        let (page, revision, section) = self.place_of(tx, report)?;
        let reporter = self.person(FILE, &report.reporter)?;
        let closed = match report.state.is_closed() {
            true => {
                let at = self.at(report.closed_at.unwrap_or(archive.manifest.as_of));
                Some((at, self.optional(report.closed_by.as_ref())?))
            }
            false => None,
        };
        let seen_before = self.at(archive.manifest.as_of) - Duration::days(SEEN_AFTER_DAYS);
        let imported = ImportedReport {
            number: IntelId(report.number),
            state: report.state,
            assignee: self.optional(report.assignee.as_ref())?,
            acknowledged: match report.acknowledged_at {
                Some(at) => Some((self.at(at), self.optional(report.acknowledged_by.as_ref())?)),
                None => None,
            },
            closed,
            outcome: report.outcome.clone(),
            publication: None,
            merged_into: None,
            seen_at: closed.map(|(at, _)| at).filter(|at| *at < seen_before),
            messages: self.messages(report)?,
            report: NewReport {
                client_id: None,
                reporter,
                space,
                subject: report.subject,
                certainty: report.certainty,
                kind: report.kind,
                what: report.what.clone(),
                channel: report.channel.clone(),
                account: report.account.clone(),
                quote: report.quote.clone(),
                urgent: report.urgent,
                confidential: report.confidential,
                page,
                revision,
                section,
                passage: String::new(),
                topics,
                at,
                first_response_due: at + promise.first_response,
                resolution_due: at + promise.resolution,
            },
        };
        import::import(tx, &imported)?;
        let intel = imported.number;
        tx.record(Some(reporter), at, Event::IntelSubmitted { intel })?;
        self.loaded.reports += 1;
        Ok(())
    }

    fn messages(&self, report: &Report) -> Result<Vec<ImportedMessage>, Failure> {
        report
            .message
            .iter()
            .map(|message| {
                Ok(ImportedMessage {
                    author: self.person(FILE, &message.author)?,
                    at: self.at(message.at),
                    kind: message.kind,
                    text: message.text.clone(),
                })
            })
            .collect()
    }

    /// The page that a report concerns, the revision that its reporter saw, and the anchor of the section.
    fn place_of(
        &self,
        tx: &mut Tx,
        report: &Report,
    ) -> Result<(Option<PageId>, Option<RevisionId>, String), Failure> {
        let Some(id) = &report.page else {
            return Ok((None, None, String::new()));
        };
        let place = self.archive.page_place(id).ok_or_else(|| {
            Failure::file(
                FILE,
                format!("#{}: {id} is not a page of this archive", report.number),
            )
        })?;
        let Some(page) = self.pages[place].id else {
            // The page came later: the report caused it.
            return Ok((None, None, report.passage.clone()));
        };
        let Some(published) = publications::published(tx, page, self.at(report.at))? else {
            return Ok((Some(page), None, report.passage.clone()));
        };
        let revision = published.revision_id;
        let row = revisions::find(tx, page, revision)?
            .ok_or_else(|| crate::Error::internal("a publication without its revision"))?;
        let body = revisions::content(tx, &row)?.body;
        let section = markdown::headings(&body)
            .into_iter()
            .find(|heading| heading.text == report.passage)
            .map_or_else(|| report.passage.clone(), |heading| heading.id);
        Ok((Some(page), Some(revision), section))
    }

    fn optional(&self, email: Option<&String>) -> Result<Option<PersonId>, Failure> {
        email.map(|email| self.person(FILE, email)).transpose()
    }

    pub(super) fn acknowledge(&mut self, tx: &mut Tx, n: usize) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let report = &archive.reports[n];
        let intel = IntelId(report.number);
        let Some(at) = report.acknowledged_at else {
            return Ok(());
        };
        let by = self.optional(report.acknowledged_by.as_ref())?;
        tx.record(by, self.at(at), Event::IntelAcknowledged { intel })?;
        if let Some(assignee) = self.optional(report.assignee.as_ref())? {
            let assignee = Some(assignee);
            tx.record(by, self.at(at), Event::IntelAssigned { intel, assignee })?;
        }
        Ok(())
    }

    pub(super) fn message(&mut self, tx: &mut Tx, n: usize, message: usize) -> Result<(), Failure> {
        let report = &self.archive.reports[n];
        let message = &report.message[message];
        let intel = IntelId(report.number);
        let event = match message.kind {
            MessageKind::Reply => Event::IntelReplied { intel },
            MessageKind::Note => Event::IntelNoted { intel },
        };
        let author = self.person(FILE, &message.author)?;
        tx.record(Some(author), self.at(message.at), event)?;
        Ok(())
    }

    /// Ties a closed report to what closed it.
    pub(super) fn close(&mut self, tx: &mut Tx, n: usize) -> Result<(), Failure> {
        let archive = self.archive.clone();
        let report = &archive.reports[n];
        let intel = IntelId(report.number);
        let at = self.at(report.closed_at.unwrap_or(archive.manifest.as_of));
        let by = self.optional(report.closed_by.as_ref())?;
        let event = match report.state {
            IntelState::Published => {
                let (page, revision, number, publication) = self.outcome(report)?;
                import::connect(tx, intel, &Outcome::Published(publication))?;
                Event::IntelPublished {
                    intel,
                    page,
                    revision,
                    number,
                }
            }
            IntelState::Merged => {
                let into = report
                    .merged_into
                    .filter(|into| archive.reports.iter().any(|other| other.number == *into))
                    .ok_or_else(|| Failure::file(FILE, format!("#{intel}: merged_into is no report",)))?;
                let into = IntelId(into);
                import::connect(tx, intel, &Outcome::Merged(into))?;
                Event::IntelMerged { intel, into }
            }
            IntelState::Answered => Event::IntelAnswered { intel },
            _ => Event::IntelDeclined { intel },
        };
        tx.record(by, at, event)?;
        Ok(())
    }

    /// Ties a report to its page where the page came later, often because of it.
    pub(super) fn tie_to_page(&mut self, tx: &mut Tx, n: usize) -> Result<(), Failure> {
        let report = &self.archive.reports[n];
        let outcome = report.outcome_revision.as_ref().map(|outcome| &outcome.page);
        let page = report
            .page
            .as_ref()
            .or(outcome)
            .and_then(|id| self.archive.page_place(id))
            .and_then(|place| self.pages[place].id);
        if let Some(page) = page {
            import::link(tx, IntelId(report.number), page)?;
        }
        Ok(())
    }

    fn outcome(
        &self,
        report: &Report,
    ) -> Result<(PageId, RevisionId, i64, dugri_core::PublicationId), Failure> {
        let missing = |what: &str| Failure::file(FILE, format!("#{}: {what}", report.number));
        let outcome = report
            .outcome_revision
            .as_ref()
            .ok_or_else(|| missing("a published report names its outcome_revision"))?;
        let here = self
            .archive
            .page_place(&outcome.page)
            .map(|place| &self.pages[place])
            .ok_or_else(|| missing("outcome_revision is not a page of this archive"))?;
        let (revision, number, publication) = here
            .publication(outcome.revision)
            .ok_or_else(|| missing("outcome_revision was never published"))?;
        let page = here.id.ok_or_else(|| missing("its page is not there"))?;
        Ok((page, revision, number, publication))
    }
}
