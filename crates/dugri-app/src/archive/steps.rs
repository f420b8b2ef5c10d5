//! The story of an archive: what happened, in the order in which it happened.
//!
//! Links are resolved when a text is saved, names change hands, reports are closed by publications: told in order, all
//! of it comes out as it was, and the event log reads like a company's memory.

use dugri_core::Time;
use dugri_store::Tx;

use super::read::Archive;
use super::{Failure, Loader};

/// Something that happened. Numbers are places in the archive's lists.
#[derive(Debug, Clone, Copy)]
enum Step {
    Report(usize),
    Acknowledge(usize),
    Message(usize, usize),
    Save(usize, usize),
    Publish(usize, usize),
    Verify(usize, usize),
    Supersede(usize),
    Retire(usize),
    Close(usize),
}

impl Step {
    /// What comes first of what happened at the same moment.
    fn rank(self) -> u8 {
        match self {
            Step::Report(_) | Step::Acknowledge(_) | Step::Message(..) => 0,
            Step::Save(..) | Step::Publish(..) | Step::Verify(..) => 1,
            Step::Supersede(_) | Step::Retire(_) | Step::Close(_) => 2,
        }
    }
}

impl Loader {
    /// Writes the whole story.
    pub(super) fn run(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        for (_, step) in story(&self.archive) {
            match step {
                Step::Report(n) => self.report(tx, n)?,
                Step::Acknowledge(n) => self.acknowledge(tx, n)?,
                Step::Message(n, message) => self.message(tx, n, message)?,
                Step::Save(page, n) => self.save(tx, page, n)?,
                Step::Publish(page, n) => self.publish(tx, page, n)?,
                Step::Verify(page, n) => self.verify(tx, page, n)?,
                Step::Supersede(page) => self.supersede(tx, page)?,
                Step::Retire(page) => self.retire(tx, page)?,
                Step::Close(n) => self.close(tx, n)?,
            }
        }
        (0..self.archive.reports.len()).try_for_each(|n| self.tie_to_page(tx, n))
    }
}

fn story(archive: &Archive) -> Vec<(Time, Step)> {
    let mut story = Vec::new();
    for page in 0..archive.pages.len() {
        page_story(archive, page, &mut story);
    }
    for (n, report) in archive.reports.iter().enumerate() {
        story.push((report.at, Step::Report(n)));
        if let Some(at) = report.acknowledged_at {
            story.push((at.max(report.at), Step::Acknowledge(n)));
        }
        for (m, message) in report.message.iter().enumerate() {
            story.push((message.at.max(report.at), Step::Message(n, m)));
        }
        if report.state.is_closed() {
            let published = report.outcome_revision.as_ref().and_then(|outcome| {
                archive.published_at(archive.page_place(&outcome.page)?, outcome.revision)
            });
            let closed = report.closed_at.unwrap_or(archive.manifest.as_of);
            story.push((published.map_or(closed, |at| at.max(closed)), Step::Close(n)));
        }
    }
    story.sort_by_key(|(at, step)| (*at, step.rank()));
    story
}

/// The steps of one page follow each other whatever its times say.
fn page_story(archive: &Archive, place: usize, story: &mut Vec<(Time, Step)>) {
    let folder = &archive.pages[place];
    let as_of = archive.manifest.as_of;
    let mut clock = folder.page.created;
    for (n, file) in folder.revisions.iter().enumerate() {
        clock = clock.max(file.head.at);
        story.push((clock, Step::Save(place, n)));
        if let Some(at) = archive.published_at(place, n + 1) {
            clock = clock.max(at);
            story.push((clock, Step::Publish(place, n)));
        }
        for (v, verified) in folder.page.verified.iter().enumerate() {
            if verified.revision == n + 1 {
                story.push((clock.max(verified.at), Step::Verify(place, v)));
            }
        }
    }
    if let Some(successor) = &folder.page.superseded_by {
        let exists = archive.page_place(successor).map(|place| {
            archive.pages[place]
                .page
                .created
                .max(archive.pages[place].revisions[0].head.at)
        });
        let at = folder.page.superseded_at.unwrap_or(as_of).max(clock);
        story.push((exists.map_or(at, |exists| at.max(exists)), Step::Supersede(place)));
    }
    if folder.page.archived {
        story.push((
            folder.page.archived_at.unwrap_or(as_of).max(clock),
            Step::Retire(place),
        ));
    }
}
