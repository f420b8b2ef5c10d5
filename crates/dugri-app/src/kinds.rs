//! The kinds of pages that every Dugri begins with; `assets/kinds.toml` holds them. Afterwards they are rows.

use dugri_core::{Event, Time};
use dugri_store::Tx;
use dugri_store::kinds::{self, KindField, NewKind};
use serde::Deserialize;

use crate::Error;

const SEED: &str = include_str!("../../../assets/kinds.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    kind: Vec<SeedKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedKind {
    slug: String,
    name: String,
    name_he: String,
    icon: String,
    review_days: Option<i32>,
    #[serde(default)]
    template: String,
    #[serde(default)]
    template_he: String,
    #[serde(default)]
    fields: Vec<KindField>,
}

/// Adds the kinds that are not there yet and records each; says how many. Part of set-up, and harmless when repeated.
pub fn seed(tx: &mut Tx, now: Time) -> Result<usize, Error> {
    let known = kinds::by_slug(tx)?;
    let mut added = 0;
    for (position, new) in seeded()?.into_iter().enumerate() {
        if known.contains_key(&new.slug) {
            continue;
        }
        let position = i32::try_from(position).unwrap_or(i32::MAX);
        let kind = kinds::add(tx, &NewKind { position, ..new })?;
        tx.record(None, now, Event::KindAdded { kind })?;
        added += 1;
    }
    Ok(added)
}

/// Whether a kind comes with Dugri.
pub(crate) fn is_seeded(slug: &str) -> Result<bool, Error> {
    Ok(seeded()?.iter().any(|kind| kind.slug == slug))
}

fn seeded() -> Result<Vec<NewKind>, Error> {
    let seed: Seed = toml::from_str(SEED).map_err(Error::internal)?;
    seed.kind
        .into_iter()
        .map(|kind| {
            Ok(NewKind {
                fields: serde_json::to_string(&kind.fields).map_err(Error::internal)?,
                slug: kind.slug,
                name: kind.name,
                name_he: kind.name_he,
                icon: kind.icon,
                review_days: kind.review_days,
                template: kind.template,
                template_he: kind.template_he,
                position: 0,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_of_the_product_are_seeded_with_icons_that_exist() {
        let kinds = seeded().expect("the file is right");
        let slugs: Vec<&str> = kinds.iter().map(|kind| kind.slug.as_str()).collect();
        assert_eq!(
            slugs,
            [
                "article",
                "product-sheet",
                "presentation",
                "demo",
                "battlecard",
                "price-list",
                "case-study",
                "objection",
                "competitor-claim",
                "faq",
                "statement",
                "policy",
                "incident",
                "product-fault",
                "post",
                "template",
            ]
        );
        for kind in &kinds {
            let icon = format!(
                "{}/../../assets/icons/{}.svg",
                env!("CARGO_MANIFEST_DIR"),
                kind.icon
            );
            assert!(std::path::Path::new(&icon).exists(), "{icon}");
            assert_eq!(
                kind.template.is_empty(),
                kind.template_he.is_empty(),
                "{}",
                kind.slug
            );
        }
    }
}
