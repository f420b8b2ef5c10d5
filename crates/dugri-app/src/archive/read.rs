//! Reads an archive whole before anything is written.

use dugri_core::Time;
use dugri_text::front_matter;
use serde::de::DeserializeOwned;

use super::format::{
    Desk, Desks, Group, Groups, Manifest, Page, People, Person, Report, Reports, Revision, Searches, Space,
    Spaces, Topic, Topics,
};
use super::source::Source;
use super::{Failure, VERSION};

/// All that an archive says. The bytes of attachments stay where they are.
#[derive(Debug)]
pub(super) struct Archive {
    pub(super) manifest: Manifest,
    pub(super) groups: Vec<Group>,
    pub(super) people: Vec<Person>,
    pub(super) spaces: Vec<Space>,
    pub(super) topics: Vec<Topic>,
    pub(super) pages: Vec<PageFolder>,
    pub(super) reports: Vec<Report>,
    pub(super) desks: Vec<Desk>,
    pub(super) searches: Searches,
}

/// `pages/<space>/<slug>/`.
#[derive(Debug)]
pub(super) struct PageFolder {
    /// Where it lies in the archive.
    pub(super) path: String,
    pub(super) space: String,
    pub(super) slug: String,
    pub(super) page: Page,
    pub(super) revisions: Vec<RevisionFile>,
}

/// `001.md`, `002.md`, …
#[derive(Debug)]
pub(super) struct RevisionFile {
    pub(super) path: String,
    pub(super) head: Revision,
    pub(super) body: String,
}

pub(super) fn read(source: &Source) -> Result<Archive, Failure> {
    let manifest: Manifest = required(source, "archive.toml")?;
    if manifest.version != VERSION {
        return Err(Failure::file(
            "archive.toml",
            format!(
                "version {} is not known; this program reads version {VERSION}",
                manifest.version
            ),
        ));
    }
    Ok(Archive {
        manifest,
        groups: optional::<Groups>(source, "groups.toml")?.group,
        people: optional::<People>(source, "people.toml")?.person,
        spaces: optional::<Spaces>(source, "spaces.toml")?.space,
        topics: optional::<Topics>(source, "topics.toml")?.topic,
        reports: optional::<Reports>(source, "intel.toml")?.intel,
        pages: pages(source)?,
        desks: optional::<Desks>(source, "desks.toml")?.desk,
        searches: optional(source, "searches.toml")?,
    })
}

fn pages(source: &Source) -> Result<Vec<PageFolder>, Failure> {
    let mut pages = Vec::new();
    for space in source.names_in("pages")? {
        for slug in source.names_in(&format!("pages/{space}"))? {
            let path = format!("pages/{space}/{slug}");
            pages.push(PageFolder {
                page: required(source, &format!("{path}/page.toml"))?,
                revisions: revisions(source, &path)?,
                space: space.clone(),
                slug,
                path,
            });
        }
    }
    Ok(pages)
}

fn revisions(source: &Source, folder: &str) -> Result<Vec<RevisionFile>, Failure> {
    let mut revisions = Vec::new();
    let mut names = source.names_in(folder)?;
    names.retain(|name| name.ends_with(".md"));
    // 1000.md comes after 999.md.
    names.sort_by_key(|name| (name.len(), name.clone()));
    for name in &names {
        let path = format!("{folder}/{name}");
        if *name != format!("{:03}.md", revisions.len() + 1) {
            return Err(Failure::file(
                &path,
                format!(
                    "revisions are numbered without gaps; {:03}.md is next",
                    revisions.len() + 1
                ),
            ));
        }
        let text = source.text(&path)?.unwrap_or_default();
        let (head, body) =
            front_matter::read::<Revision>(&text).map_err(|error| Failure::file(&path, error))?;
        let head = head.ok_or_else(|| Failure::file(&path, "the front matter is missing"))?;
        let body = body.to_owned();
        revisions.push(RevisionFile { path, head, body });
    }
    if revisions.is_empty() {
        return Err(Failure::file(folder, "a page needs at least the revision 001.md"));
    }
    Ok(revisions)
}

fn required<T: DeserializeOwned>(source: &Source, path: &str) -> Result<T, Failure> {
    match source.text(path)? {
        Some(text) => parse(path, &text),
        None => Err(Failure::file(path, "the file is missing")),
    }
}

fn optional<T: DeserializeOwned + Default>(source: &Source, path: &str) -> Result<T, Failure> {
    match source.text(path)? {
        Some(text) => parse(path, &text),
        None => Ok(T::default()),
    }
}

fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Failure> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map(|span| format!("line {}: ", text[..span.start].matches('\n').count() + 1))
            .unwrap_or_default();
        Failure::file(path, format!("{line}{}", error.message()))
    })
}

impl Archive {
    /// The earliest moment in it: from then on its people, spaces and topics exist.
    pub(super) fn begins(&self) -> Time {
        let pages = self.pages.iter().map(|folder| folder.page.created);
        let saves = self
            .pages
            .iter()
            .flat_map(|folder| &folder.revisions)
            .map(|file| file.head.at);
        let reports = self.reports.iter().map(|report| report.at);
        let ends = std::iter::once(self.manifest.as_of);
        pages
            .chain(saves)
            .chain(reports)
            .chain(ends)
            .min()
            .unwrap_or(self.manifest.as_of)
    }
}
