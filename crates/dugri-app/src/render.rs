//! Markdown to HTML for one reader: what links, citations and facts lead to is asked under the reader's rights.

use std::collections::{HashMap, HashSet};

use dugri_core::{IntelId, Language, RevisionId, Time};
use dugri_store::links::LinkTarget;
use dugri_store::pages::Page;
use dugri_store::{Db, intel, links};
use dugri_text::links::fold_title;
use dugri_text::markdown::{self, HeadingLink};
use dugri_text::{Audience, Heading, Reference, ReferenceKind, RenderFor, Rendered, Resolved, Target};

use crate::pages::{PageRead, Shown};
use crate::{Actor, App, Error, words};

/// Where a text stands.
pub(crate) enum Place<'a> {
    /// A stored revision of a page.
    Revision {
        /// The page.
        page: &'a Page,
        /// The revision.
        revision: RevisionId,
        /// Which text of the page it is.
        shown: &'a Shown,
    },
    /// A text that is not stored yet, in the language of its page.
    Preview {
        /// The page's language.
        language: Language,
    },
}

/// What the references of a text lead to for one reader.
pub struct Links {
    pages: HashMap<String, LinkTarget>,
    intel: HashSet<i64>,
}

impl Links {
    /// Asks for the references of texts that need not be stored.
    pub(crate) fn of_texts(db: &mut Db, actor: &Actor, texts: &[&str], now: Time) -> Result<Links, Error> {
        let references: Vec<Reference> = texts.iter().flat_map(|text| markdown::references(text)).collect();
        let folded: Vec<String> = references.iter().filter_map(page_key).collect();
        Ok(Links {
            pages: links::resolve(db, &actor.access, &folded, now)?,
            intel: readable_intel(db, actor, &references)?,
        })
    }

    fn of_revision(
        db: &mut Db,
        actor: &Actor,
        revision: RevisionId,
        text: &str,
        now: Time,
    ) -> Result<Links, Error> {
        Ok(Links {
            pages: links::targets(db, &actor.access, revision, now)?,
            intel: readable_intel(db, actor, &markdown::references(text))?,
        })
    }

    /// Where a reference leads. A page that may not be read looks like one that does not exist.
    pub fn resolve(&self, reference: &Reference) -> Resolved {
        match reference.kind {
            ReferenceKind::Page | ReferenceKind::Embed if reference.target.is_empty() => Resolved::Link {
                href: section(reference),
                title: reference.label().to_owned(),
            },
            ReferenceKind::Page | ReferenceKind::Embed => {
                match page_key(reference).and_then(|key| self.pages.get(&key)) {
                    Some(target) => Resolved::Link {
                        href: format!("/p/{}/{}{}", target.public_id, target.slug, section(reference)),
                        title: reference.label().to_owned(),
                    },
                    None if reference.page_id().is_some() => Resolved::Gone,
                    None => Resolved::Wanted {
                        href: format!("/new?title={}", escape(&reference.target)),
                    },
                }
            }
            ReferenceKind::Intel => match reference.intel_number() {
                Some(number) if self.intel.contains(&number) => Resolved::Link {
                    href: format!("/intel/{number}"),
                    title: String::new(),
                },
                _ => Resolved::Gone,
            },
            ReferenceKind::Fact => Resolved::Gone,
            ReferenceKind::File => Resolved::Link {
                href: format!("/f/{}", reference.target),
                title: reference.label().to_owned(),
            },
        }
    }
}

fn readable_intel(db: &mut Db, actor: &Actor, references: &[Reference]) -> Result<HashSet<i64>, Error> {
    let ids: Vec<IntelId> = references
        .iter()
        .filter_map(Reference::intel_number)
        .map(IntelId)
        .collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    Ok(intel::readable(db, &actor.access, &ids)?
        .into_iter()
        .map(|id| id.0)
        .collect())
}

/// The name by which a reference to a page is known in the store; `None` for other references.
pub(crate) fn page_key(reference: &Reference) -> Option<String> {
    match reference.kind {
        ReferenceKind::Page | ReferenceKind::Embed if !reference.target.is_empty() => Some(
            reference
                .page_id()
                .map(str::to_lowercase)
                .unwrap_or_else(|| fold_title(&reference.target)),
        ),
        _ => None,
    }
}

fn section(reference: &Reference) -> String {
    reference
        .section
        .as_deref()
        .map(|heading| format!("#{}", markdown::heading_id(heading)))
        .unwrap_or_default()
}

/// Percent-encodes what may not stand in a query value.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(byte as char);
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// Renders a text for a reader inside a read.
pub(crate) fn for_reader(
    db: &mut Db,
    actor: &Actor,
    text: &str,
    place: Place<'_>,
    now: Time,
) -> Result<Rendered, Error> {
    match place {
        Place::Revision {
            page,
            revision,
            shown,
        } => {
            let links = Links::of_revision(db, actor, revision, text, now)?;
            let report = |heading: &Heading| report_link(actor, page, shown, heading);
            let tail: Option<HeadingTail<'_>> = Some(&report);
            Ok(render(actor, text, page.row.language, Target::Page, &links, tail))
        }
        Place::Preview { language } => {
            let links = Links::of_texts(db, actor, &[text], now)?;
            Ok(render(actor, text, language, Target::Preview, &links, None))
        }
    }
}

/// Renders the text of a page that is read with the parts marked that differ from an earlier text of it.
pub(crate) fn changed_since(
    db: &mut Db,
    actor: &Actor,
    before: &str,
    read: &PageRead,
    now: Time,
) -> Result<Rendered, Error> {
    let links = Links::of_revision(db, actor, read.revision.id, &read.content.body, now)?;
    let report = |heading: &Heading| report_link(actor, &read.page, &read.shown, heading);
    let language = read.page.row.language;
    Ok(markdown::render_changed(
        before,
        &read.content.body,
        &RenderFor {
            audience: audience(actor),
            target: Target::Page,
            language: text_language(language),
            resolve: &|reference| links.resolve(reference),
            words: words::markdown(language),
            heading_tail: Some(&report),
        },
    ))
}

/// What stands behind a heading.
type HeadingTail<'a> = &'a (dyn Fn(&Heading) -> Option<HeadingLink> + Sync);

fn render(
    actor: &Actor,
    text: &str,
    language: Language,
    target: Target,
    links: &Links,
    heading_tail: Option<HeadingTail<'_>>,
) -> Rendered {
    markdown::render(
        text,
        &RenderFor {
            audience: audience(actor),
            target,
            language: text_language(language),
            resolve: &|reference| links.resolve(reference),
            words: words::markdown(language),
            heading_tail,
        },
    )
}

/// Colleagues see everything; people from outside see what is cleared for partners.
pub(crate) fn audience(actor: &Actor) -> Audience {
    if actor.access.outsider {
        Audience::Partners
    } else {
        Audience::Internal
    }
}

/// The language as the renderer names it.
pub(crate) fn text_language(language: Language) -> dugri_text::Language {
    match language {
        Language::He => dugri_text::Language::He,
        Language::En => dugri_text::Language::En,
    }
}

/// 'Report from the field' beside a heading: page, version and heading go along.
fn report_link(actor: &Actor, page: &Page, shown: &Shown, heading: &Heading) -> Option<HeadingLink> {
    let (Shown::Published(publication) | Shown::Version { publication, .. }) = shown else {
        return None;
    };
    Some(HeadingLink {
        class: "h-report",
        href: format!(
            "/intel/new?page={}&v={}&section={}",
            page.row.public_id,
            publication.number,
            escape(&heading.text)
        ),
        label: words::report_on(actor.language, &heading.text),
        text: String::new(),
    })
}

/// Renders a text that is being written, as its writer would see it.
pub fn preview(app: &App, actor: &Actor, language: Language, text: &str) -> Result<Rendered, Error> {
    let now = app.now();
    crate::pages::in_read(app, |db| {
        for_reader(db, actor, text, Place::Preview { language }, now)
    })
}
