//! The Markdown of a page, to read and to copy.

use maud::{Markup, html};

use super::layout::{Here, Screen, screen};
use super::parts::{icon, icon_flip};
use crate::shell::Shell;
use crate::{attr, t};

/// `GET /p/ID/-/source`: the Markdown, to read and to copy.
pub fn source(shell: &Shell, title: &str, href: &str, text: &str) -> Markup {
    let main = html! {
        div.wrap {
            div.head { div { h1 { (t!(shell, "page-source")) } p { bdi { (title) } } }
                div.btns { button.btn.js-only type="button" data-copy=(text) { (icon("copy")) (t!(shell, "copy")) } a.btn href=(href) { (icon_flip("arrow-left")) (t!(shell, "back-to-page")) } } }
            div.panel.tw tabindex="0" role="region" aria-label=(attr!(shell, "page-source")) {
                table.src { tbody {
                    @for (at, line) in text.lines().enumerate() { tr { td.ln { (at + 1) } td dir=(crate::views::parts::dir(line)) { (line) } } }
                } }
            }
        }
    };
    screen(
        shell,
        Screen::new(t!(shell, "page-source"), Here::Nowhere, main).crumbs(
            href,
            vec![
                (href.to_owned(), title.to_owned()),
                (String::new(), t!(shell, "page-source").to_owned()),
            ],
        ),
    )
}
