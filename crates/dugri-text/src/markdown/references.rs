//! Steps into HTML: references, each as what it leads to through the reader's eyes.

use super::inline::bdi;
use super::layout::heading_id;
use super::write::Writer;
use super::{Audience, Resolved, escape, url};
use crate::direction::{self, Direction};
use crate::links::{Reference, ReferenceKind};

/// Where a reference stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The direction of the words around it.
    pub base: Direction,
    /// Whether it stands in a link, in which there can be no other one.
    pub in_link: bool,
}

impl Writer<'_> {
    /// Writes a reference as what it leads to for this reader.
    pub(super) fn reference(&mut self, reference: &Reference, at: Place) {
        if reference.kind == ReferenceKind::Intel {
            return self.cite(reference, at);
        }
        if reference.target.is_empty() {
            return self.own_section(reference, at);
        }
        let resolved = (self.how.resolve)(reference);
        let class = match (&resolved, reference.kind) {
            (Resolved::Wanted { .. }, _) => Some("wanted"),
            (Resolved::Gone | Resolved::Hidden, ReferenceKind::Fact) => Some("fact gone"),
            (Resolved::Gone | Resolved::Hidden, _) => Some("gone"),
            (_, ReferenceKind::Embed) => Some("embed"),
            (_, ReferenceKind::Fact) => Some("fact"),
            _ => None,
        };
        let (href, text) = match &resolved {
            Resolved::Link { href, title } => (Some(with_section(href, reference)), shown(reference, title)),
            Resolved::Wanted { href } => (Some(href.clone()), reference.label().to_owned()),
            Resolved::Gone | Resolved::Hidden => (None, reference.label().to_owned()),
        };
        let title = matches!(resolved, Resolved::Wanted { .. }).then_some(self.how.words.wanted.as_str());
        self.anchor(href.as_deref(), class, title, at, |writer, base| {
            writer.in_direction(&text, base)
        });
    }

    /// A cited report. It never leaves the house.
    fn cite(&mut self, reference: &Reference, at: Place) {
        if self.how.audience != Audience::Internal {
            return;
        }
        let resolved = (self.how.resolve)(reference);
        let href = match &resolved {
            Resolved::Link { href, .. } | Resolved::Wanted { href } => Some(href.as_str()),
            Resolved::Gone | Resolved::Hidden => None,
        };
        let words = self.how.words;
        self.anchor(href, Some("cite"), None, at, |writer, _| {
            escape::text(&mut writer.out, &words.intel);
            writer.out.push_str(" <bdi>#");
            escape::text(&mut writer.out, &reference.target);
            writer.out.push_str("</bdi>");
        });
    }

    /// `[[#section]]`: a place on this page.
    fn own_section(&mut self, reference: &Reference, at: Place) {
        let href = self.how.target.has_anchors().then(|| with_section("", reference));
        let text = reference.label().to_owned();
        self.anchor(href.as_deref(), None, None, at, |writer, base| {
            writer.in_direction(&text, base)
        });
    }

    /// Writes `<a>` with an address that may be linked, else `<span>` with the class, else the content alone.
    fn anchor(
        &mut self,
        href: Option<&str>,
        class: Option<&str>,
        title: Option<&str>,
        at: Place,
        content: impl FnOnce(&mut Self, Direction),
    ) {
        let href = href.and_then(url::safe).filter(|_| !at.in_link);
        let close = match (&href, class) {
            (Some(_), _) => self.mark("<a", "</a>"),
            (None, Some(_)) => self.mark("<span", "</span>"),
            (None, None) => "",
        };
        if let Some(class) = class {
            self.attribute("class", class);
        }
        if let Some(href) = &href {
            self.attribute("href", href);
            if let Some(title) = title {
                self.attribute("title", title);
            }
        }
        if !close.is_empty() {
            self.out.push('>');
        }
        content(self, at.base);
        self.out.push_str(close);
    }

    /// Writes a text that comes from elsewhere, isolated where it runs the other way.
    fn in_direction(&mut self, text: &str, base: Direction) {
        let other = direction::dominant(text).filter(|direction| *direction != base);
        if let Some(direction) = other {
            self.out.push_str(bdi(direction));
        }
        let inner = other.unwrap_or(base);
        let mut at = 0;
        for isolate in direction::isolates(text, inner) {
            escape::text(&mut self.out, &text[at..isolate.range.start]);
            self.out.push_str(bdi(isolate.direction));
            escape::text(&mut self.out, &text[isolate.range.clone()]);
            self.out.push_str("</bdi>");
            at = isolate.range.end;
        }
        escape::text(&mut self.out, &text[at..]);
        if other.is_some() {
            self.out.push_str("</bdi>");
        }
    }
}

/// The address of a page with the place on it.
fn with_section(href: &str, reference: &Reference) -> String {
    match &reference.section {
        Some(section) if !href.contains('#') => format!("{href}#{}", heading_id(section)),
        _ => href.to_owned(),
    }
}

/// What a reference shows: the writer's own words, else the present title.
fn shown(reference: &Reference, title: &str) -> String {
    match (&reference.text, &reference.section) {
        (Some(text), _) if reference.kind != ReferenceKind::Fact => text.clone(),
        (None, Some(section)) => format!("{title} › {section}"),
        _ => title.to_owned(),
    }
}
