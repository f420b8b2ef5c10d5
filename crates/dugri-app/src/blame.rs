//! Blame: which revision brought each line of a page in, who wrote it, when, why, and which reports caused it.
//!
//! The chain is that of publications: what several people merged into one revision is that revision's. Readers see no
//! other; who may see pending changes may ask for one, whose own lines then stand at its end of the chain.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use dugri_core::policy::Verb;
use dugri_core::{IntelId, PublicId, RevisionId, Time};
use dugri_store::names::{self, PersonName};
use dugri_store::pages::Page;
use dugri_store::publications::{self, PublicationRow};
use dugri_store::revisions::{self, RevisionRow};
use dugri_store::{Db, changes, intel};
use dugri_text::blame::{self, Options};

use crate::pages::{self, PageRights};
use crate::revisions::Pick;
use crate::{Actor, App, Error};

/// A text with the origin of its lines.
#[derive(Debug, Clone)]
pub struct Blame {
    /// The page.
    pub page: Page,
    /// Which text it is.
    pub of: Pick,
    /// Its title in that text.
    pub title: String,
    /// The lines from top to bottom.
    pub lines: Vec<Line>,
    /// The blocks that they make.
    pub blocks: Vec<Block>,
    /// The revisions that brought lines in, by their place in the chain: 0 is the text itself.
    pub causes: BTreeMap<usize, Cause>,
    /// Where not the whole history was looked at: lines without a cause are of this revision, or older.
    pub or_older: Option<i64>,
    /// What the reader may do.
    pub rights: PageRights,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its text.
    pub text: String,
    /// Which of the causes brought it in.
    pub by: Option<usize>,
}

/// A block, changed last by `by`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its lines, from 0.
    pub lines: Range<usize>,
    /// Which of the causes changed it last.
    pub by: Option<usize>,
}

/// A revision that brought lines in.
#[derive(Debug, Clone)]
pub struct Cause {
    /// How it is named in addresses.
    pub pick: Pick,
    /// The revision.
    pub revision: RevisionRow,
    /// The number, if it was published.
    pub number: Option<i64>,
    /// Who wrote it.
    pub author: PersonName,
    /// Who published it, if that was somebody else.
    pub publisher: Option<PersonName>,
    /// When it was published, or saved.
    pub at: Time,
    /// Why it changed.
    pub reason: String,
    /// The reports that caused it, as far as the reader may read them.
    pub cites: Vec<IntelId>,
}

/// A link of the chain: a revision with its publication.
struct Past {
    revision: RevisionRow,
    published: Option<(PublicationRow, PersonName)>,
}

impl Past {
    fn number(&self) -> Option<i64> {
        self.published.as_ref().map(|(row, _)| row.number)
    }
}

/// The origin of every line of a page's text: of what is published, of a draft's newest save, or of the text picked.
///
/// People from outside get none: a source shows what rendering leaves out.
pub fn blame(app: &App, actor: &Actor, id: &PublicId, of: Option<Pick>) -> Result<Blame, Error> {
    blame_within(app, actor, id, of, Options::default())
}

/// The same, looking back only so far.
pub fn blame_within(
    app: &App,
    actor: &Actor,
    id: &PublicId,
    of: Option<Pick>,
    options: Options,
) -> Result<Blame, Error> {
    let now = app.now();
    if actor.access.outsider {
        return Err(Error::NotFound);
    }
    pages::in_read(app, |db| {
        let page = pages::load(db, actor, id, Verb::Read, now)?;
        let rights = pages::rights(actor, &page);
        let (of, chain) = chain(db, &page, of, rights, now)?;
        let newest = chain.first().ok_or(Error::NotFound)?;
        let title = newest.revision.title.clone();
        let text = revisions::body(db, &newest.revision)?;
        let before = |n: usize| -> Result<Option<String>, Error> {
            chain
                .get(n)
                .map(|past| Ok(revisions::body(db, &past.revision)?))
                .transpose()
        };
        let blamed = blame::blame(&text, before, options)?;
        let oldest = chain.get(blamed.looked_at - 1);
        let or_older = (!blamed.is_complete())
            .then(|| oldest.and_then(Past::number))
            .flatten();
        let places: Vec<usize> = blamed.lines.iter().flatten().copied().collect();
        Ok(Blame {
            causes: causes(db, actor, &chain, places, of)?,
            lines: text
                .lines()
                .zip(blamed.lines)
                .map(|(text, by)| Line {
                    text: text.to_owned(),
                    by,
                })
                .collect(),
            blocks: blamed
                .blocks
                .into_iter()
                .map(|block| Block {
                    lines: block.lines,
                    by: block.by,
                })
                .collect(),
            page,
            of,
            title,
            or_older,
            rights,
        })
    })
}

/// The texts from the one picked back to the first.
fn chain(
    db: &mut Db,
    page: &Page,
    of: Option<Pick>,
    rights: PageRights,
    now: Time,
) -> Result<(Pick, Vec<Past>), Error> {
    let published: Vec<Past> = publications::list(db, page.row.id, now)?
        .into_iter()
        .map(|(row, revision, publisher)| Past {
            revision,
            published: Some((row, publisher)),
        })
        .collect();
    let of = match (of, &page.published) {
        (Some(of), _) => of,
        (None, Some(row)) => Pick::Number(row.number),
        // What was published once and has expired.
        (None, None) if !published.is_empty() => Pick::Number(published[0].number().unwrap_or(1)),
        (None, None) => {
            let newest = revisions::newest(db, page.row.id)?.and_then(|newest| newest.change_id);
            Pick::Change(newest.ok_or(Error::NotFound)?)
        }
    };
    match of {
        Pick::Number(number) => {
            let chain: Vec<Past> = published
                .into_iter()
                .skip_while(|past| past.number() != Some(number))
                .collect();
            Ok((of, chain))
        }
        Pick::Change(change) if rights.pending => {
            let (row, _) = changes::find(db, page.row.id, change)?.ok_or(Error::NotFound)?;
            let unpublished = |revision| Past {
                revision,
                published: None,
            };
            let Some(base) = row.base_revision_id else {
                // A draft is nothing but the saves of its change.
                let saves = revisions::list(db, page.row.id)?;
                let own = saves.into_iter().rev().map(|(save, _)| save);
                let own = own.filter(|save| save.change_id == Some(change));
                return Ok((of, own.map(unpublished).collect()));
            };
            let newest = revisions::newest_of_change(db, page.row.id, change)?.ok_or(Error::NotFound)?;
            let before = published.into_iter().skip_while(|past| past.revision.id != base);
            let chain = std::iter::once(unpublished(newest)).chain(before);
            Ok((of, chain.collect()))
        }
        Pick::Change(_) | Pick::Revision(_) => Err(Error::NotFound),
    }
}

/// What is known of the links of the chain that brought lines in.
fn causes(
    db: &mut Db,
    actor: &Actor,
    chain: &[Past],
    mut places: Vec<usize>,
    of: Pick,
) -> Result<BTreeMap<usize, Cause>, Error> {
    places.sort_unstable();
    places.dedup();
    let used = || {
        places
            .iter()
            .filter_map(|place| Some((*place, chain.get(*place)?)))
    };
    let revisions: Vec<RevisionId> = used().map(|(_, past)| past.revision.id).collect();
    let mut cites = revisions::cites(db, &revisions)?;
    let cited: Vec<IntelId> = cites.values().flatten().copied().collect();
    let readable: HashSet<IntelId> = intel::readable(db, &actor.access, &cited)?.into_iter().collect();
    let authors: Vec<_> = used().map(|(_, past)| past.revision.author_id).collect();
    let authors = names::people(db, &authors)?;
    used()
        .map(|(place, past)| {
            let author = authors
                .get(&past.revision.author_id)
                .cloned()
                .ok_or_else(|| Error::internal("a revision without its author"))?;
            let mut cites = cites.remove(&past.revision.id).unwrap_or_default();
            cites.retain(|id| readable.contains(id));
            let publication = past.published.as_ref();
            let cause = Cause {
                pick: match past.number() {
                    Some(number) => Pick::Number(number),
                    None if place == 0 => of,
                    None => Pick::Revision(past.revision.id),
                },
                number: past.number(),
                publisher: publication
                    .filter(|(_, publisher)| publisher.id != author.id)
                    .map(|(_, publisher)| publisher.clone()),
                at: publication.map_or(past.revision.at, |(row, _)| row.from_at),
                reason: publication
                    .map_or(&past.revision.summary, |(row, _)| &row.reason)
                    .clone(),
                revision: past.revision.clone(),
                author,
                cites,
            };
            Ok((place, cause))
        })
        .collect()
}
