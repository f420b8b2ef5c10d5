//! Steps into HTML: footnotes, numbered in the order in which they are referred to, behind the text.

use super::Fallback;
use super::write::Writer;
use crate::direction::Direction;

impl Writer<'_> {
    /// Writes the number of a footnote where it is referred to.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let Some(number) = self.layout.footnotes.get(label).copied() else {
            return;
        };
        self.footnote_uses[number - 1] += 1;
        self.out.push_str("<sup>");
        if self.how.target.has_anchors() {
            let id = match self.footnote_uses[number - 1] {
                1 => format!("fnref-{number}"),
                n => format!("fnref-{number}-{n}"),
            };
            self.out.push_str("<a");
            self.attribute("id", &id);
            self.attribute("href", &format!("#fn-{number}"));
            self.out.push('>');
        }
        self.out.push_str(&number.to_string());
        self.out.push_str(if self.how.target.has_anchors() {
            "</a></sup>"
        } else {
            "</sup>"
        });
    }

    /// Writes the bodies of the footnotes.
    pub(super) fn footnotes(&mut self) -> Result<(), Fallback> {
        let layout = self.layout;
        if layout.footnote_bodies.is_empty() {
            return Ok(());
        }
        self.out.push_str("<section class=\"footnotes\"");
        let words = self.how.words;
        self.attribute("aria-label", &words.footnotes);
        self.out.push_str("><ol");
        let direction = self.how.language.direction();
        self.out.push_str(if direction == Direction::Ltr {
            " dir=\"ltr\">"
        } else {
            " dir=\"rtl\">"
        });
        for (n, body) in layout.footnote_bodies.iter().enumerate() {
            let number = n + 1;
            let uses = self.footnote_uses[n];
            self.out.push_str("<li");
            if self.how.target.has_anchors() {
                self.attribute("id", &format!("fn-{number}"));
            }
            self.out.push('>');
            self.blocks_within(direction, body.clone())?;
            if self.how.target.has_anchors() && uses > 0 {
                // In the last line, not below it.
                let is_paragraph = self.out.ends_with("</p>\n");
                if is_paragraph {
                    self.out.truncate(self.out.len() - "</p>\n".len());
                }
                self.out.push_str(" <a");
                self.attribute("href", &format!("#fnref-{number}"));
                self.attribute("aria-label", &words.back);
                self.out.push_str(">↩</a>");
                self.out.push_str(if is_paragraph { "</p>\n" } else { "" });
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol></section>\n");
        Ok(())
    }
}
