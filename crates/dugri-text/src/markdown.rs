//! Markdown into safe HTML, and into everything else that is read out of it.
//!
//! Safe by construction: raw HTML in a source is text, the writer knows a closed list of elements, attributes and
//! classes, every address passes [`url::safe`], every text is escaped. [`render`] never panics and never runs away:
//! it has caps on size, nesting, output and time, and answers with the plain text where one is passed. One function
//! for page, preview, redline, comment, mail, feed, share and export.

mod addresses;
mod changed;
mod escape;
mod fallback;
mod footnotes;
mod inline;
mod layout;
mod limits;
mod mask;
mod outline;
mod parse;
mod redline;
mod references;
mod table;
#[cfg(test)]
mod tests;
pub mod url;
mod write;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

pub use addresses::{Address, addresses, rewrite_addresses};
pub use changed::render_changed;
pub use layout::heading_id;
pub(crate) use redline::redline;

pub use outline::{Block, BlockKind, blocks, headings, open_references, plain_text, references};

use self::layout::Layout;
use self::limits::Limits;
use self::mask::Masked;
use self::write::Writer;
use crate::{Language, Reference};

/// For whom a text is rendered: decides what may not leave the house.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Colleagues: everything is shown.
    #[default]
    Internal,
    /// Partners: without `:::internal` and without cited intel.
    Partners,
    /// Customers: without `:::internal` and without cited intel.
    Customers,
}

/// Where the HTML goes: decides about anchors and what hangs on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// The page itself.
    #[default]
    Page,
    /// The preview beside an editor.
    Preview,
    /// A comparison of two revisions.
    Redline,
    /// A comment, a reply, an answer: several on one screen, so without anchors.
    Comment,
    /// What somebody outside sees.
    Share,
    /// A mail, without anchors.
    Mail,
    /// A feed entry, without anchors.
    Feed,
    /// A file that leaves Dugri.
    Export,
}

impl Target {
    /// Whether headings and footnotes get ids: only where there is one text on a screen.
    pub(crate) fn has_anchors(self) -> bool {
        !matches!(
            self,
            Target::Comment | Target::Mail | Target::Feed | Target::Redline
        )
    }
}

/// Gives the link to stand behind a heading, if there is to be one.
pub type HeadingTail<'a> = &'a (dyn Fn(&Heading) -> Option<HeadingLink> + Sync);

/// All that rendering depends on besides the source.
#[derive(Clone, Copy)]
pub struct RenderFor<'a> {
    /// Who will read it.
    pub audience: Audience,
    /// Where it will stand.
    pub target: Target,
    /// The stored language of the text: decides where a block holds no letters.
    pub language: Language,
    /// What a reference leads to, through the reader's eyes.
    pub resolve: &'a (dyn Fn(&Reference) -> Resolved + Sync),
    /// The words that the renderer itself writes, in the language of the text.
    pub words: &'a Words,
    /// A link to stand behind each heading, if any.
    pub heading_tail: Option<HeadingTail<'a>>,
}

/// What a reference leads to for this reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// It exists and may be seen: its address and its present title (for a fact, its value).
    Link {
        /// An address of our own or an absolute one.
        href: String,
        /// The present title.
        title: String,
    },
    /// No such page yet: the address where it can be made.
    Wanted {
        /// Where it can be made.
        href: String,
    },
    /// No such thing, and none to be made.
    Gone,
    /// It exists, but not for this reader: looks exactly like [`Resolved::Gone`].
    /// Where a missing page would be `Wanted`, answer `Wanted` for a hidden one too.
    Hidden,
}

/// A heading as it is written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The level in HTML, 2 to 6: level 1 is the title of the page.
    pub level: u8,
    /// The unique id, `h-…`.
    pub id: String,
    /// Its plain text.
    pub text: String,
    /// Where it stands in the source, in bytes.
    pub range: Range<usize>,
}

/// A link behind a heading. Values, not HTML: everything is checked and escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingLink {
    /// Classes.
    pub class: &'static str,
    /// The address.
    pub href: String,
    /// What it does, for those who don't see it.
    pub label: String,
    /// What it shows; may be empty where the style sheet draws it.
    pub text: String,
}

/// The words that the renderer writes by itself, in the language of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the label of the thing it is named after")]
pub struct Words {
    pub note: String,
    pub tip: String,
    pub important: String,
    pub warning: String,
    pub caution: String,
    /// Label of `:::internal`.
    pub internal: String,
    /// Label of `:::straight`: where the rival is better.
    pub straight: String,
    /// Label of `:::never`: what must not be said.
    pub never: String,
    /// The word before the number of a cited report.
    pub intel: String,
    /// Says that a linked page does not exist yet.
    pub wanted: String,
    /// Names the box in which a wide table scrolls.
    pub table: String,
    /// A ticked box in a task list.
    pub done: String,
    /// An open box in a task list.
    pub open: String,
    /// Names the list of footnotes.
    pub footnotes: String,
    /// Leads from a footnote back to the text.
    pub back: String,
    /// Names a part that changed since the reader's last visit.
    pub changed: String,
}

impl Default for Words {
    /// The English words.
    fn default() -> Words {
        Words {
            note: "Note".into(),
            tip: "Tip".into(),
            important: "Important".into(),
            warning: "Warning".into(),
            caution: "Caution".into(),
            internal: "Internal only".into(),
            straight: "Straight talk".into(),
            never: "Do not say".into(),
            intel: "intel".into(),
            wanted: "This page does not exist yet".into(),
            table: "Table".into(),
            done: "Done".into(),
            open: "Open".into(),
            footnotes: "Footnotes".into(),
            back: "Back to the text".into(),
            changed: "Changed since your last visit".into(),
        }
    }
}

/// Rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML: the one thing that a view may insert unescaped.
    pub html: String,
    /// The headings in order, for a table of contents.
    pub headings: Vec<Heading>,
    /// Set when a cap was passed and `html` is only the plain text.
    pub fallback: Option<Fallback>,
}

/// Why a text is shown plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// More than 1 MiB.
    TooLarge,
    /// Nested deeper than 100.
    TooDeep,
    /// The output would be more than 20 times the source.
    TooMuchOutput,
    /// It took longer than a second.
    TooSlow,
    /// The parser failed on it.
    Failed,
}

/// Renders Markdown.
pub fn render(source: &str, how: &RenderFor<'_>) -> Rendered {
    // The parser has panicked on odd input before; a panic may cost a page its looks, not a worker its life.
    match catch_unwind(AssertUnwindSafe(|| render_within_caps(source, how))) {
        Ok(Ok(rendered)) => rendered,
        Ok(Err(why)) => fallback::render(source, how, why),
        Err(_) => fallback::render(source, how, Fallback::Failed),
    }
}

fn render_within_caps(source: &str, how: &RenderFor<'_>) -> Result<Rendered, Fallback> {
    let mut limits = Limits::start(source)?;
    let mut masked = Masked::new(source);
    leave_out_internal(&mut masked, how.audience, &mut limits)?;
    let document = parse::parse(&masked, &mut limits)?;
    let layout = Layout::of(&document.steps, &mut limits)?;
    let html = Writer::new(&document.steps, &layout, how, &mut limits).run()?;
    Ok(Rendered {
        html,
        headings: layout.headings,
        fallback: None,
    })
}

/// For readers outside: takes what is internal out of the source before it is parsed for good, so that nothing of it can come out
/// anywhere: not as the address of a link, not as a footnote.
fn leave_out_internal(
    masked: &mut Masked<'_>,
    audience: Audience,
    limits: &mut Limits,
) -> Result<(), Fallback> {
    if audience == Audience::Internal || masked.markers.is_empty() {
        return Ok(());
    }
    let internal = parse::parse(masked, limits)?.internal;
    masked.blank(&internal);
    Ok(())
}
