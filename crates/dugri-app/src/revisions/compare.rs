//! The comparison of any two texts of a page.

use dugri_core::policy::Verb;
use dugri_core::{ChangeId, IntelId, PublicId, RevisionId, Time};
use dugri_store::names::{self, PersonName};
use dugri_store::pages::Page;
use dugri_store::publications::{self, PublicationRow};
use dugri_store::revisions::{self, Content, RevisionRow};
use dugri_store::topics::{self, TopicRow};
use dugri_store::{Db, intel};
use dugri_text::diff::{self, LineDiff, Options, Redline, Run};
use dugri_text::{RenderFor, Target};

use crate::pages::{self, PageRights};
use crate::render::{self, Links};
use crate::{Actor, App, Error, words};

/// Which text of a page is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// `vN`.
    Number(i64),
    /// The newest save of a pending change.
    Change(ChangeId),
    /// A save by its key, for those who may see pending changes.
    Revision(RevisionId),
}

impl std::str::FromStr for Pick {
    type Err = ();

    /// Reads `19`, `v19`, `change-5` or `revision-123`.
    fn from_str(text: &str) -> Result<Pick, ()> {
        let number = |digits: &str| digits.parse::<i64>().map_err(drop);
        if let Some(rest) = text.strip_prefix("change-") {
            return Ok(Pick::Change(ChangeId(number(rest)?)));
        }
        if let Some(rest) = text.strip_prefix("revision-") {
            return Ok(Pick::Revision(RevisionId(number(rest)?)));
        }
        Ok(Pick::Number(number(text.strip_prefix('v').unwrap_or(text))?))
    }
}

impl std::fmt::Display for Pick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Pick::Number(n) => write!(f, "{n}"),
            Pick::Change(id) => write!(f, "change-{id}"),
            Pick::Revision(id) => write!(f, "revision-{id}"),
        }
    }
}

/// One of the two compared texts.
#[derive(Debug, Clone)]
pub struct Side {
    /// How it was picked.
    pub pick: Pick,
    /// The revision.
    pub revision: RevisionRow,
    /// Its publication, if it is one.
    pub publication: Option<PublicationRow>,
    /// Who wrote it.
    pub author: PersonName,
    /// What it says.
    pub content: Content,
    /// Its topics.
    pub topics: Vec<TopicRow>,
    /// The reports that it brought in, as far as the reader may read them.
    pub cites: Vec<IntelId>,
}

/// A part besides the text that differs.
#[derive(Debug, Clone)]
pub struct PartChange {
    /// `title`, `key_message`, or the name of a field.
    pub name: String,
    /// The words with their fates.
    pub runs: Vec<Run>,
}

/// Two texts of a page compared.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The page.
    pub page: Page,
    /// The older side.
    pub before: Side,
    /// The newer side.
    pub after: Side,
    /// The rendered redline.
    pub redline: Redline,
    /// The sources side by side.
    pub lines: LineDiff,
    /// What else differs.
    pub parts: Vec<PartChange>,
    /// Topics only in the newer text.
    pub topics_added: Vec<TopicRow>,
    /// Topics only in the older text.
    pub topics_removed: Vec<TopicRow>,
    /// The pair before this one, where both are publications.
    pub previous: Option<(i64, i64)>,
    /// The pair after this one.
    pub next: Option<(i64, i64)>,
    /// What the reader may do.
    pub rights: PageRights,
}

/// Compares two texts of a page.
pub fn compare(app: &App, actor: &Actor, id: &PublicId, from: Pick, to: Pick) -> Result<Comparison, Error> {
    let now = app.now();
    pages::in_read(app, |db| {
        let page = pages::load(db, actor, id, Verb::Read, now)?;
        let rights = pages::rights(actor, &page);
        let before = side(db, actor, &page, from, rights, now)?;
        let after = side(db, actor, &page, to, rights, now)?;
        let links = Links::of_texts(db, actor, &[&before.content.body, &after.content.body], now)?;
        let language = page.row.language;
        let how = RenderFor {
            audience: render::audience(actor),
            target: Target::Redline,
            language: render::text_language(language),
            resolve: &|reference| links.resolve(reference),
            words: words::markdown(language),
            heading_tail: None,
        };
        let options = Options::default();
        // What may not leave the house must not leave it in a comparison of sources either.
        let hidden = actor.access.outsider;
        let lines = if hidden {
            LineDiff::default()
        } else {
            diff::lines(&before.content.body, &after.content.body, options)
        };
        let newest = publications::list(db, page.row.id, now)?
            .first()
            .map_or(0, |(row, _, _)| row.number);
        let only_in = |one: &Side, other: &Side| -> Vec<TopicRow> {
            one.topics
                .iter()
                .filter(|topic| !other.topics.contains(topic))
                .cloned()
                .collect()
        };
        Ok(Comparison {
            redline: diff::redline(&before.content.body, &after.content.body, &how, options),
            lines,
            parts: parts(&before.content, &after.content, options),
            topics_added: only_in(&after, &before),
            topics_removed: only_in(&before, &after),
            previous: neighbour(from, to, -1, newest),
            next: neighbour(from, to, 1, newest),
            page,
            before,
            after,
            rights,
        })
    })
}

fn side(
    db: &mut Db,
    actor: &Actor,
    page: &Page,
    pick: Pick,
    rights: PageRights,
    now: Time,
) -> Result<Side, Error> {
    let (revision, publication) = match pick {
        Pick::Number(number) => {
            let row = publications::numbered(db, page.row.id, number, now)?.ok_or(Error::NotFound)?;
            (revisions::find(db, page.row.id, row.revision_id)?, Some(row))
        }
        Pick::Change(_) | Pick::Revision(_) if !rights.pending => return Err(Error::NotFound),
        Pick::Change(change) => (revisions::newest_of_change(db, page.row.id, change)?, None),
        Pick::Revision(id) => (revisions::find(db, page.row.id, id)?, None),
    };
    let revision = revision.ok_or(Error::NotFound)?;
    let author = names::people(db, &[revision.author_id])?
        .remove(&revision.author_id)
        .ok_or_else(|| Error::internal("a revision without its author"))?;
    let cites = revisions::cites(db, &[revision.id])?
        .remove(&revision.id)
        .unwrap_or_default();
    Ok(Side {
        pick,
        publication,
        author,
        content: revisions::content(db, &revision)?,
        topics: topics::of_revisions(db, &[revision.id])?
            .remove(&revision.id)
            .unwrap_or_default(),
        cites: intel::readable(db, &actor.access, &cites)?,
        revision,
    })
}

fn parts(before: &Content, after: &Content, options: Options) -> Vec<PartChange> {
    let mut parts = Vec::new();
    let mut compare = |name: &str, old: &str, new: &str| {
        if old != new {
            parts.push(PartChange {
                name: name.to_owned(),
                runs: diff::words(old, new, options),
            });
        }
    };
    compare("title", &before.title, &after.title);
    compare("key_message", &before.key_message, &after.key_message);
    let empty = String::new();
    let names: std::collections::BTreeSet<&String> =
        before.fields.keys().chain(after.fields.keys()).collect();
    for name in names {
        compare(
            name,
            before.fields.get(name).unwrap_or(&empty),
            after.fields.get(name).unwrap_or(&empty),
        );
    }
    parts
}

/// The pair one step on, with the same distance.
fn neighbour(from: Pick, to: Pick, step: i64, newest: i64) -> Option<(i64, i64)> {
    let (Pick::Number(from), Pick::Number(to)) = (from, to) else {
        return None;
    };
    let pair = (from + step, to + step);
    let inside = |n: i64| (1..=newest).contains(&n);
    (inside(pair.0) && inside(pair.1)).then_some(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_read_back() {
        for pick in [
            Pick::Number(19),
            Pick::Change(ChangeId(5)),
            Pick::Revision(RevisionId(7)),
        ] {
            assert_eq!(pick.to_string().parse(), Ok(pick));
        }
        assert_eq!("v3".parse(), Ok(Pick::Number(3)));
        for text in ["", "x", "change-", "v", "1.5", "change-x"] {
            assert_eq!(text.parse::<Pick>(), Err(()), "{text}");
        }
    }

    #[test]
    fn neighbours_stay_inside_the_history() {
        let pair = |from, to, step| neighbour(Pick::Number(from), Pick::Number(to), step, 5);
        assert_eq!(pair(1, 2, 1), Some((2, 3)));
        assert_eq!(pair(1, 2, -1), None);
        assert_eq!(pair(4, 5, 1), None);
        assert_eq!(pair(4, 5, -1), Some((3, 4)));
    }
}
