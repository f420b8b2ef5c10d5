//! The frame of every screen: head, top bar, content (the menus are in `menu`); the door for who is not inside;
//! the page that a failure gets.

use actix_web::{HttpMessage, HttpRequest};
use maud::{DOCTYPE, Markup, html};

use super::menu::{language_switch, sidebar, tabbar};
use super::parts::{Rule, empty, icon, icon_large};
use crate::reader::Reader;
use crate::shell::Shell;
use crate::{assets, attr, errors, t};

/// Which entry of the menus is "you are here".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Here {
    /// Home.
    Home,
    /// Search.
    Search,
    /// The own reports.
    MyIntel,
    /// Triage.
    Triage,
    /// Topics.
    Topics,
    /// What is searched for in vain.
    Gaps,
    /// Notices.
    Notices,
    /// Wanted pages and orphans.
    Wanted,
    /// A space, by its address.
    Space(String),
    /// People and spaces.
    People,
    /// The own settings.
    Me,
    /// None of them.
    Nowhere,
}

/// The left end of the top bar.
#[derive(Clone, Debug)]
pub enum Lead {
    /// The logo on the phone, a line of text on the desk.
    Line(String),
    /// A way back and where one is: pairs of address and text, the last without a link.
    Crumbs {
        /// Where the arrow leads.
        back: String,
        /// The steps, outermost first; an empty address is plain text.
        steps: Vec<(String, String)>,
    },
}

/// One screen inside the shell.
pub struct Screen {
    /// The title of the tab, without the name of the product.
    pub title: String,
    /// Which menu entry is marked.
    pub here: Here,
    /// The left end of the top bar.
    pub lead: Lead,
    /// Whether the top bar has the search field; home has its own.
    pub search: bool,
    /// The right end of the top bar.
    pub actions: Markup,
    /// Whether the phone shows the tab bar; screens with a `.cta` replace it.
    pub tabs: bool,
    /// The content of `<main>`.
    pub main: Markup,
}

impl Screen {
    /// A screen with search field and tab bar.
    pub fn new(title: impl Into<String>, here: Here, main: Markup) -> Screen {
        let title = title.into();
        Screen {
            lead: Lead::Line(title.clone()),
            title,
            here,
            search: true,
            actions: html! {},
            tabs: true,
            main,
        }
    }

    /// With a way back and the place in the tree.
    pub fn crumbs(mut self, back: impl Into<String>, steps: Vec<(String, String)>) -> Screen {
        self.lead = Lead::Crumbs {
            back: back.into(),
            steps,
        };
        self
    }

    /// With something at the right end of the top bar.
    pub fn actions(mut self, actions: Markup) -> Screen {
        self.actions = actions;
        self
    }

    /// Without the search field in the top bar.
    pub fn without_search(mut self) -> Screen {
        self.search = false;
        self
    }

    /// Without the tab bar of the phone.
    pub fn without_tabs(mut self) -> Screen {
        self.tabs = false;
        self
    }
}

/// A whole page inside the shell.
pub fn screen(shell: &Shell, screen: Screen) -> Markup {
    let may = shell.may();
    let body = html! {
        a.btn.skip href="#main" { (t!(shell, "skip")) }
        div.app {
            (sidebar(shell, may, &screen.here))
            div.main {
                (top(shell, &screen))
                main #main tabindex="-1" {
                    (super::read_only::bar(shell))
                    @if let Some(flash) = &shell.flash { (super::parts::toast(flash)) }
                    (screen.main)
                }
            }
            @if screen.tabs { (tabbar(shell, may, &screen.here)) }
        }
        @if shell.person.is_some() { (super::command::dialog(shell)) }
    };
    document(shell, &screen.title, may.keys, body)
}

/// A whole page for who is not inside: sign-in, set-up, invitation. `wide` for forms with more than two fields.
pub fn door(shell: &Shell, title: &str, wide: bool, content: Markup, foot: Markup) -> Markup {
    let body = html! {
        main.door #main {
            header.rowx { span.end { (language_switch(shell, "btn quiet")) } }
            div.mid { div.box.stack.w[wide] {
                (super::read_only::bar(shell))
                @if let Some(flash) = &shell.flash {
                    p role="status" class=(if flash.bad { "err" } else { "ok" }) { (flash.text) }
                }
                (content)
            } }
            footer.m.center { (foot) }
        }
    };
    document(shell, title, false, body)
}

/// The page that a failure gets: what happened, what to do, and a way on.
pub(crate) fn error_page(
    req: &HttpRequest,
    reader: Reader,
    status: u16,
    title: &str,
    text: &str,
    detail: Markup,
    again: bool,
) -> Markup {
    let shell = req.extensions().get::<Shell>().cloned();
    let shell = shell.unwrap_or_else(|| crate::bare_shell(req, reader));
    let content = html! {
        div.wrap.narrow {
            div.empty.page {
                (super::parts::rule(Rule::Broken))
                p.m.tn { (status) }
                h1 { (title) }
                p { (text) }
                (detail)
                div.btns {
                    @if again { a.btn.primary href=(shell.here) { (t!(reader, "error-try-again")) } }
                    a.btn.primary[!again] href="/" { (t!(reader, "error-back-home")) }
                }
            }
        }
    };
    if shell.person.is_some() {
        screen(
            &shell,
            Screen {
                lead: Lead::Line(String::new()),
                ..Screen::new(errors::tab_title(reader, status), Here::Nowhere, content)
            },
        )
    } else {
        document(
            &shell,
            &errors::tab_title(reader, status),
            false,
            html! { main #main { (content) } },
        )
    }
}

fn document(shell: &Shell, title: &str, keys: bool, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(shell.language) dir=(shell.language.dir()) data-theme=[shell.theme.attribute()] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title { (title) " · " (attr!(shell, "brand")) }
                link rel="stylesheet" href=(assets::url("dugri.css"));
                @if let Some(colour) = shell.company.colour { link rel="stylesheet" href={ "/company.css?v=" (colour.to_string().trim_start_matches('#')) }; }
                link rel="icon" href=(assets::url("favicon.svg")) type="image/svg+xml";
                link rel="apple-touch-icon" href=(assets::url("icon-180.png"));
                link rel="manifest" href=(assets::url("manifest.webmanifest"));
                meta name="theme-color" content="#1f4fc6";
                script type="module" src=(assets::url("dugri.js")) {}
            }
            body data-keys=[keys.then_some("on")] data-copied=(attr!(shell, "copied")) data-unsaved=(attr!(shell, "unsaved")) {
                (body)
            }
        }
    }
}

/// The mark: a speech bubble with one straight line in it.
pub fn logo() -> Markup {
    html! {
        svg.logo viewBox="0 0 24 24" aria-hidden="true" {
            path d="M4 3h16a1.5 1.5 0 0 1 1.5 1.5v12A1.5 1.5 0 0 1 20 18h-8.6L6.5 21.8V18H4a1.5 1.5 0 0 1-1.5-1.5v-12A1.5 1.5 0 0 1 4 3Z" fill="currentColor" {}
            path d="M7 10.5h10" stroke="var(--paper)" stroke-width="2.25" stroke-linecap="round" {}
        }
    }
}

fn top(shell: &Shell, screen: &Screen) -> Markup {
    html! {
        header.top {
            @match &screen.lead {
                Lead::Line(line) => {
                    a.brand.mob href="/" aria-label=(attr!(shell, "home-link")) { (logo()) }
                    span.m.desk { (line) }
                    b.mob { (line) }
                }
                Lead::Crumbs { back, steps } => {
                    a.btn.quiet.ico href=(back) aria-label=(attr!(shell, "back")) { (super::parts::icon_flip("arrow-left")) }
                    (crumbs(shell, steps))
                }
            }
            span.grow {}
            @if screen.search && !shell.may().submit_only {
                form.search role="search" action="/search" {
                    label.vh for="q" { (t!(shell, "search-dugri")) }
                    (icon("search"))
                    input #q type="search" name="q" autocomplete="off" placeholder=(attr!(shell, "search")) data-panel="/search/panel";
                    kbd.kbd { "/" }
                }
                a.btn.quiet.ico.mob href="/search" aria-label=(attr!(shell, "search")) { (icon_large("search")) }
            }
            @if shell.person.is_some() { (super::watching::bell(shell)) }
            (screen.actions)
        }
    }
}

fn crumbs(shell: &Shell, steps: &[(String, String)]) -> Markup {
    html! {
        nav.where aria-label=(attr!(shell, "you-are-here")) {
            ol.crumbs {
                @for (at, (href, text)) in steps.iter().enumerate() {
                    @if at > 0 { li aria-hidden="true" { (super::parts::icon_flip("chevron-right")) } }
                    li { @if href.is_empty() { bdi { (text) } } @else { a href=(href) { bdi { (text) } } } }
                }
            }
        }
    }
}

/// A screen with nothing in it yet: what belongs here and the one next step.
pub fn empty_screen(rule: Rule, title: &str, text: &str, actions: Markup) -> Markup {
    html! { div.wrap.narrow { (empty(rule, title, text, actions)) } }
}
