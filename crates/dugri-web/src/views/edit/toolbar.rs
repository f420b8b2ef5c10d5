//! The toolbar of the editor: it stays hidden until the script has come.

use maud::{Markup, html};

use crate::shell::Shell;
use crate::views::parts::{icon, icon_flip};
use crate::{attr, t};

/// The buttons, each named by what the script does.
pub(super) fn toolbar(shell: &Shell) -> Markup {
    let tool = |name: &str, icon_name: &str, label: &str, keys: &str| {
        html! {
            button.btn.quiet.ico type="button" data-tool=(name) aria-label=(label) aria-keyshortcuts=[(!keys.is_empty()).then_some(keys)]
                title=(if keys.is_empty() { label.to_owned() } else { format!("{label} ({keys})") }) { (icon(icon_name)) }
        }
    };
    html! {
        div.tools role="toolbar" aria-label=(attr!(shell, "tools")) data-tools hidden {
            (tool("heading", "heading-2", t!(shell, "tool-heading"), "Control+Alt+2"))
            (tool("bold", "bold", t!(shell, "tool-bold"), "Control+B"))
            (tool("italic", "italic", t!(shell, "tool-italic"), "Control+I"))
            span.gap {}
            (tool("list", "list", t!(shell, "tool-list"), "Control+Shift+8"))
            (tool("numbers", "list-ordered", t!(shell, "tool-numbers"), "Control+Shift+7"))
            (tool("table", "table", t!(shell, "tool-table"), ""))
            (tool("quote", "quote", t!(shell, "tool-quote"), "Control+Shift+9"))
            span.gap {}
            (tool("link", "link", t!(shell, "tool-link"), "Control+Shift+K"))
            (tool("file", "image-up", t!(shell, "tool-file"), ""))
            (tool("straight", "message-square-warning", t!(shell, "tool-straight"), ""))
            span.gap {}
            div.anchor { button.btn.quiet type="button" data-tool="cite" aria-expanded="false" { (icon("radio-tower")) (t!(shell, "tool-cite")) } }
            span.gap {}
            button.btn.quiet.ico type="button" data-tool="undo" aria-label=(attr!(shell, "tool-undo")) title=(attr!(shell, "tool-undo")) { (icon_flip("undo-2")) }
            button.btn.quiet.ico type="button" data-tool="redo" aria-label=(attr!(shell, "tool-redo")) title=(attr!(shell, "tool-redo")) { (icon_flip("redo-2")) }
            (tool("find", "search", t!(shell, "tool-find"), "Control+F"))
            button.btn.quiet type="button" data-tool="notes" aria-expanded="false" { (icon("list-checks")) (t!(shell, "tool-notes")) span.count data-notes-count hidden {} }
            span.grow {}
            span.m.nowrap data-count {}
        }
        div.tools.table-tools role="toolbar" aria-label=(attr!(shell, "editor-table")) data-table-tools hidden {
            button.btn.quiet.sm type="button" data-tool="table-row" { (icon("plus")) (t!(shell, "editor-table-row")) }
            button.btn.quiet.sm type="button" data-tool="table-column" { (icon("plus")) (t!(shell, "editor-table-column")) }
            button.btn.quiet.sm type="button" data-tool="table-align" { (icon("sliders-horizontal")) (t!(shell, "editor-table-align")) }
            button.btn.quiet.sm type="button" data-tool="table-format" { (icon("table")) (t!(shell, "editor-table-format")) }
        }
        div.uploads data-uploads role="status" {}
        div.notes data-notes hidden {}
    }
}
