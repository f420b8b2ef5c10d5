//! The reader's rights and the published text as parts of a query. Every list goes through these; none filters afterwards.

use dugri_core::{Access, Role, SpaceId};

/// The keys of the spaces in which the reader has at least `role`, for `eq_any`.
pub(crate) fn spaces(access: &Access, role: Role) -> Vec<i64> {
    access.spaces(role).into_iter().map(|SpaceId(key)| key).collect()
}

/// True of the row of `publications` that readers get at `$now`: the latest begun one, unless it has expired.
///
/// This is the one definition of 'published' (`model.md`: publications are rows, evaluated when read).
macro_rules! published_at {
    ($now:expr) => {{
        use diesel::prelude::*;
        let now = $crate::columns::stamp($now);
        diesel::dsl::sql::<diesel::sql_types::Bool>(
            "publications.id = (SELECT latest.id FROM publications latest \
             WHERE latest.page_id = publications.page_id AND latest.from_at <= ",
        )
        .bind::<diesel::sql_types::Timestamp, _>(now)
        .sql(" ORDER BY latest.from_at DESC, latest.id DESC LIMIT 1)")
        .and(
            $crate::schema::publications::until_at
                .is_null()
                .or($crate::schema::publications::until_at.gt(now)),
        )
    }};
}

/// True of a row of `pages` that the reader may know of: published now and readable, or a draft for contributors.
macro_rules! page_visible {
    ($access:expr, $now:expr) => {{
        use diesel::prelude::*;
        use $crate::schema::{pages, publications};
        pages::space_id
            .eq_any($crate::visible::spaces($access, dugri_core::Role::Contributor))
            .or(pages::space_id
                .eq_any($crate::visible::spaces($access, dugri_core::Role::Reader))
                .and(diesel::dsl::exists(
                    publications::table
                        .filter(publications::page_id.eq(pages::id))
                        .filter($crate::visible::published_at!($now)),
                )))
    }};
}

pub(crate) use {page_visible, published_at};
