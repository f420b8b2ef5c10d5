//! Links between pages: written with the text, in the same transaction. Backlinks, wanted pages and orphans follow from them.

use std::collections::HashMap;

use diesel::prelude::*;
use dugri_core::{Access, PageId, PublicId, RevisionId, Time};

use crate::columns::stamp;
use crate::pages::{NameKind, PageLine, page_lines};
use crate::revisions::NewLink;
use crate::schema::{kinds, links, page_names, pages, publications, revisions, spaces};
use crate::visible::{self, page_visible, published_at};
use crate::{Db, Error, Tx};

/// Where a link leads for a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTarget {
    /// The page's permanent id.
    pub public_id: PublicId,
    /// The readable part of its address.
    pub slug: String,
}

/// Writes the links of a revision, each resolved to the page that its target names now.
pub(crate) fn add(tx: &mut Tx, page: PageId, revision: RevisionId, new: &[NewLink]) -> Result<(), Error> {
    let folded: Vec<String> = new.iter().map(|link| link.folded.clone()).collect();
    let targets = pages_named(tx, &folded)?;
    for link in new {
        diesel::insert_into(links::table)
            .values((
                links::page_id.eq(page.0),
                links::revision_id.eq(revision.0),
                links::embed.eq(link.embed),
                links::target.eq(&link.target),
                links::folded.eq(&link.folded),
                links::to_page_id.eq(targets.get(&link.folded).map(|id| id.0)),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Gives all links that wanted one of these names to the page that has it now.
pub fn adopt(tx: &mut Tx, page: PageId, folded: &[String]) -> Result<usize, Error> {
    Ok(diesel::update(
        links::table
            .filter(links::to_page_id.is_null())
            .filter(links::folded.eq_any(folded.to_vec())),
    )
    .set(links::to_page_id.eq(page.0))
    .execute(tx.conn())?)
}

/// Lets all links that lead to one page lead to another.
pub fn repoint(tx: &mut Tx, from: PageId, to: PageId) -> Result<usize, Error> {
    Ok(diesel::update(links::table.filter(links::to_page_id.eq(from.0)))
        .set(links::to_page_id.eq(to.0))
        .execute(tx.conn())?)
}

/// The same, for links that are written so only.
pub fn repoint_named(tx: &mut Tx, from: PageId, to: PageId, folded: &[String]) -> Result<usize, Error> {
    Ok(diesel::update(
        links::table
            .filter(links::to_page_id.eq(from.0))
            .filter(links::folded.eq_any(folded.to_vec())),
    )
    .set(links::to_page_id.eq(to.0))
    .execute(tx.conn())?)
}

/// The page that each name means, whoever asks: a title of now before a path before a former name; then public ids.
fn pages_named(db: &mut Db, folded: &[String]) -> Result<HashMap<String, PageId>, Error> {
    if folded.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = page_names::table
        .filter(page_names::folded.eq_any(folded.to_vec()))
        .order(page_names::id.asc())
        .select((page_names::folded, page_names::kind, page_names::page_id))
        .load::<(String, String, i64)>(db.conn())?;
    let mut named = best(rows);
    let ids: Vec<String> = folded
        .iter()
        .filter(|name| PublicId::parse(name).is_some())
        .map(|name| name.to_lowercase())
        .collect();
    if !ids.is_empty() {
        let rows = pages::table
            .filter(pages::public_id.eq_any(ids))
            .select((pages::public_id, pages::id))
            .load::<(String, i64)>(db.conn())?;
        for (id, page) in rows {
            named.entry(id).or_insert(PageId(page));
        }
    }
    Ok(named)
}

/// The page that a folded name means, whoever asks: for import.
pub fn named_unfiltered(db: &mut Db, folded: &str) -> Result<Option<PageId>, Error> {
    Ok(pages_named(db, &[folded.to_owned()])?.remove(folded))
}

fn best(rows: Vec<(String, String, i64)>) -> HashMap<String, PageId> {
    let rank = |kind: &str| match kind.parse() {
        Ok(NameKind::Title) => 0,
        Ok(NameKind::Path) => 1,
        _ => 2,
    };
    let mut chosen: HashMap<String, (u8, PageId)> = HashMap::new();
    for (folded, kind, page) in rows {
        let candidate = (rank(&kind), PageId(page));
        chosen
            .entry(folded)
            .and_modify(|known| {
                if candidate.0 < known.0 {
                    *known = candidate;
                }
            })
            .or_insert(candidate);
    }
    chosen
        .into_iter()
        .map(|(folded, (_, page))| (folded, page))
        .collect()
}

/// Where the links of a stored revision lead for this reader, by folded target. A missing name is a wanted page, or one
/// that does not exist for the reader.
pub fn targets(
    db: &mut Db,
    access: &Access,
    revision: RevisionId,
    now: Time,
) -> Result<HashMap<String, LinkTarget>, Error> {
    let rows = links::table
        .inner_join(pages::table.on(links::to_page_id.eq(pages::id.nullable())))
        .filter(links::revision_id.eq(revision.0))
        .filter(page_visible!(access, now))
        .select((links::folded, pages::public_id, pages::slug))
        .load::<(String, String, String)>(db.conn())?;
    Ok(rows.into_iter().filter_map(target).collect())
}

/// Where names lead for this reader: for a preview of a text that is not stored yet.
pub fn resolve(
    db: &mut Db,
    access: &Access,
    folded: &[String],
    now: Time,
) -> Result<HashMap<String, LinkTarget>, Error> {
    let named = pages_named(db, folded)?;
    let keys: Vec<i64> = named.values().map(|id| id.0).collect();
    let rows = pages::table
        .filter(pages::id.eq_any(keys))
        .filter(page_visible!(access, now))
        .select((pages::id, pages::public_id, pages::slug))
        .load::<(i64, String, String)>(db.conn())?;
    let by_key: HashMap<i64, (String, String)> = rows
        .into_iter()
        .map(|(key, id, slug)| (key, (id, slug)))
        .collect();
    Ok(named
        .into_iter()
        .filter_map(|(name, page)| {
            let (id, slug) = by_key.get(&page.0)?;
            target((name, id.clone(), slug.clone()))
        })
        .collect())
}

fn target((folded, id, slug): (String, String, String)) -> Option<(String, LinkTarget)> {
    Some((
        folded,
        LinkTarget {
            public_id: PublicId::parse(&id)?,
            slug,
        },
    ))
}

/// The published pages whose published text links to this page, by title, as far as the reader may read them.
pub fn backlinks(db: &mut Db, access: &Access, page: PageId, now: Time) -> Result<Vec<PageLine>, Error> {
    Ok(page_lines!(access, now)
        .filter(diesel::dsl::exists(
            links::table
                .filter(links::revision_id.eq(revisions::id))
                .filter(links::to_page_id.eq(page.0)),
        ))
        .filter(pages::id.ne(page.0))
        .order((revisions::title.asc(), pages::id.asc()))
        .load(db.conn())?)
}

/// A page that published texts link to and that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The name as the newest link writes it.
    pub target: String,
    /// The name, folded.
    pub folded: String,
    /// The titles and addresses of the pages that want it.
    pub wanted_by: Vec<(String, PublicId, String)>,
}

/// The wanted pages, the most wanted first, as far as the reader may read the texts that want them.
pub fn wanted(db: &mut Db, access: &Access, now: Time) -> Result<Vec<Wanted>, Error> {
    let rows = links::table
        .inner_join(revisions::table)
        .inner_join(publications::table.on(publications::revision_id.eq(revisions::id)))
        .inner_join(pages::table.on(pages::id.eq(publications::page_id)))
        .filter(links::to_page_id.is_null())
        .filter(pages::space_id.eq_any(visible::spaces(access, dugri_core::Role::Reader)))
        .filter(pages::archived_at.is_null())
        .filter(published_at!(now))
        .order((links::folded.asc(), links::id.desc()))
        .select((
            links::folded,
            links::target,
            revisions::title,
            pages::public_id,
            pages::slug,
        ))
        .load::<(String, String, String, String, String)>(db.conn())?;
    let mut wanted: Vec<Wanted> = Vec::new();
    for (folded, target, title, id, slug) in rows {
        let Some(id) = PublicId::parse(&id) else { continue };
        if wanted.last().is_none_or(|last| last.folded != folded) {
            wanted.push(Wanted {
                target,
                folded,
                wanted_by: Vec::new(),
            });
        }
        if let Some(last) = wanted.last_mut()
            && last.wanted_by.iter().all(|(_, known, _)| *known != id)
        {
            last.wanted_by.push((title, id, slug));
        }
    }
    wanted.sort_by_key(|wanted| std::cmp::Reverse(wanted.wanted_by.len()));
    Ok(wanted)
}

/// The published pages that no other page which the reader may read links to.
pub fn orphans(db: &mut Db, access: &Access, now: Time, limit: i64) -> Result<Vec<PageLine>, Error> {
    // The spaces are numbers of ours, so they may stand in the text; `IN ()` is no SQL on PostgreSQL.
    let spaces = visible::spaces(access, dugri_core::Role::Reader);
    let spaces = spaces
        .iter()
        .map(i64::to_string)
        .chain(["-1".into()])
        .collect::<Vec<_>>()
        .join(",");
    let linked = diesel::dsl::sql::<diesel::sql_types::Bool>(&format!(
        "NOT EXISTS (SELECT 1 FROM links inbound \
         JOIN pages source ON source.id = inbound.page_id \
         JOIN publications live ON live.revision_id = inbound.revision_id \
         WHERE inbound.to_page_id = pages.id AND inbound.page_id <> pages.id \
         AND source.space_id IN ({spaces}) \
         AND live.id = (SELECT latest.id FROM publications latest WHERE latest.page_id = live.page_id \
         AND latest.from_at <= "
    ))
    .bind::<diesel::sql_types::Timestamp, _>(stamp(now))
    .sql(" ORDER BY latest.from_at DESC, latest.id DESC LIMIT 1))");
    Ok(page_lines!(access, now)
        .filter(pages::successor_id.is_null())
        .filter(pages::archived_at.is_null())
        .filter(linked)
        .order((revisions::title.asc(), pages::id.asc()))
        .limit(limit)
        .load(db.conn())?)
}
