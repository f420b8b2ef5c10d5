//! A text as its page shows it, with the blocks marked that are new or different since an earlier one.
//!
//! Nothing of the earlier text comes out: only which blocks of the new one differ from it. The writer that writes pages
//! writes it, so it is as safe as a page.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::layout::Layout;
use super::limits::Limits;
use super::mask::Masked;
use super::redline::{fingerprint, looks, split};
use super::write::Writer;
use super::{Fallback, RenderFor, Rendered, escape, leave_out_internal, parse, render};
use crate::diff::{Aligned, Clock, Options, Sides, align};

/// Renders `after` with the blocks marked that differ from `before`. Where a cap is passed, nothing is marked.
pub fn render_changed(before: &str, after: &str, how: &RenderFor<'_>) -> Rendered {
    match catch_unwind(AssertUnwindSafe(|| within_caps(before, after, how))) {
        Ok(Ok(rendered)) => rendered,
        _ => render(after, how),
    }
}

fn within_caps(before: &str, after: &str, how: &RenderFor<'_>) -> Result<Rendered, Fallback> {
    let mut limits = Limits::start(before)?;
    let mut masked_before = Masked::new(before);
    leave_out_internal(&mut masked_before, how.audience, &mut limits)?;
    let old = parse::parse(&masked_before, &mut limits)?.steps;

    let mut limits = Limits::start_beside(after, before.len())?;
    let mut masked_after = Masked::new(after);
    leave_out_internal(&mut masked_after, how.audience, &mut limits)?;
    let new = parse::parse(&masked_after, &mut limits)?.steps;

    let (old_blocks, new_blocks) = (split(&old, 0..old.len()), split(&new, 0..new.len()));
    let prints = |steps: &[parse::Step<'_>], blocks: &[std::ops::Range<usize>]| -> Vec<u64> {
        blocks
            .iter()
            .map(|block| fingerprint(&steps[block.clone()]))
            .collect()
    };
    let sides = Sides {
        old: &prints(&old, &old_blocks),
        new: &prints(&new, &new_blocks),
        look_old: &|n| looks(&old[old_blocks[n].clone()]),
        look_new: &|n| looks(&new[new_blocks[n].clone()]),
    };
    let mut is_changed = vec![false; new_blocks.len()];
    for aligned in align(&sides, &mut Clock::start(Options::default().deadline)) {
        if let Aligned::Inserted(n) | Aligned::Changed(_, n) = aligned {
            is_changed[n] = true;
        }
    }

    let layout = Layout::of(&new, &mut limits)?;
    let mut writer = Writer::new(&new, &layout, how, &mut limits);
    let mut at = 0;
    while at < new_blocks.len() {
        let end = (at..new_blocks.len())
            .find(|n| is_changed[*n] != is_changed[at])
            .unwrap_or(new_blocks.len());
        if is_changed[at] {
            writer
                .out
                .push_str("<div class=\"since\" role=\"group\" aria-label=\"");
            escape::attribute(&mut writer.out, &how.words.changed);
            writer.out.push_str("\">\n");
        }
        writer.blocks(new_blocks[at].start, new_blocks[end - 1].end)?;
        if is_changed[at] {
            writer.out.push_str("</div>\n");
        }
        at = end;
    }
    writer.footnotes()?;
    Ok(Rendered {
        html: std::mem::take(&mut writer.out),
        headings: layout.headings.clone(),
        fallback: None,
    })
}
