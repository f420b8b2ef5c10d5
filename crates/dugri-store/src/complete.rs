//! What a writer may mean by the beginning of a name: pages and reports, within the writer's rights.

use diesel::prelude::*;
use dugri_core::{Access, IntelId, PageId, Time};

use crate::intel::{Report, lists};
use crate::pages::{NameKind, PageLine, page_lines};
use crate::schema::{kinds, page_names, pages, publications, revisions, spaces};
use crate::{Db, Error};

/// The pages whose title of now holds `folded`, those that begin with it first, then by title.
pub fn pages(
    db: &mut Db,
    access: &Access,
    folded: &str,
    now: Time,
    limit: i64,
) -> Result<Vec<PageLine>, Error> {
    let named = |pattern: String| {
        diesel::dsl::exists(
            page_names::table
                .filter(page_names::page_id.eq(pages::id))
                .filter(page_names::kind.eq(NameKind::Title.as_str()))
                .filter(page_names::folded.like(pattern).escape('\\')),
        )
    };
    let exact = escaped(folded);
    let begins: Vec<PageLine> = page_lines!(access, now)
        .filter(named(format!("{exact}%")))
        .order((revisions::title.asc(), pages::id.asc()))
        .limit(limit)
        .load(db.conn())?;
    let known: Vec<i64> = begins.iter().map(|line| line.page.id.0).collect();
    let mut found = begins;
    let rest = limit - i64::try_from(found.len()).unwrap_or(limit);
    if rest > 0 && !folded.is_empty() {
        let holds: Vec<PageLine> = page_lines!(access, now)
            .filter(named(format!("%{exact}%")))
            .filter(pages::id.ne_all(known))
            .order((revisions::title.asc(), pages::id.asc()))
            .limit(rest)
            .load(db.conn())?;
        found.extend(holds);
    }
    Ok(found)
}

/// The reports that the writer may read: those about the page first, then the newest.
pub fn reports(
    db: &mut Db,
    access: &Access,
    about: Option<PageId>,
    limit: i64,
) -> Result<Vec<Report>, Error> {
    let mut found = match about {
        Some(page) => lists::list_about(db, access, page, limit)?,
        None => Vec::new(),
    };
    let known: Vec<IntelId> = found.iter().map(|report| report.id).collect();
    found.extend(
        lists::list(db, access, None, None, limit)?
            .into_iter()
            .filter(|report| !known.contains(&report.id)),
    );
    Ok(found)
}

/// Text in which nothing is a wildcard of `LIKE`.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
