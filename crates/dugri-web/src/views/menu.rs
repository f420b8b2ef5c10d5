//! The menus: sidebar on the desk, tab bar on the phone, the switches of language and theme.

use dugri_core::Language;
use maud::{Markup, html};

use super::layout::{Here, logo};
use super::parts::{avatar, icon, icon_flip, icon_large};
use crate::shell::{Shell, ShellPerson};
use crate::{attr, t};

fn entry(href: &str, at: bool, icon_name: &str, text: &str, end: Markup) -> Markup {
    html! { li { a href=(href) aria-current=[at.then_some("page")] { (icon(icon_name)) (text) (end) } } }
}

fn count(n: i64, hot: bool) -> Markup {
    html! { @if n > 0 || !hot { span.n.hot[hot] { (n) } } }
}

pub(super) fn sidebar(shell: &Shell, may: &ShellPerson, here: &Here) -> Markup {
    html! {
        aside.side {
            (brand(shell))
            nav.nav aria-label=(attr!(shell, "main-menu")) { (entries(shell, may, here)) }
            div.side-end.nav {
                ul {
                    @if may.admin { (entry("/people", *here == Here::People, "users", t!(shell, "people-and-spaces"), html! {})) }
                    @if shell.person.is_some() { (entry("/me", *here == Here::Me, "settings", t!(shell, "my-settings"), html! {})) }
                    li { (language_switch(shell, "")) }
                    @if shell.person.is_some() { li { (sign_out(shell)) } }
                }
                @if shell.person.is_some() {
                    div.me {
                        (avatar(&may.face, true))
                        span { bdi { (may.face) } small { (may.title) } }
                        (theme_switch(shell))
                    }
                }
            }
        }
    }
}

/// The menu itself, in the sidebar and behind "More" on the phone.
fn entries(shell: &Shell, may: &ShellPerson, here: &Here) -> Markup {
    html! {
        ul {
            @if !may.submit_only {
                (entry("/", *here == Here::Home, "house", t!(shell, "home"), html! {}))
                (entry("/search", *here == Here::Search, "search", t!(shell, "search"), html! {}))
                (entry("/topics", *here == Here::Topics, "tag", t!(shell, "topics"), html! {}))
            } @else {
                (entry("/intel/new", false, "radio-tower", t!(shell, "report"), html! {}))
            }
            (entry("/intel/mine", *here == Here::MyIntel, "message-square-text", t!(shell, "my-intel"), count(shell.counts.replies, true)))
        }
        @if may.triages || may.writes {
            h2 { (t!(shell, "marketing")) }
            ul {
                @if may.triages { (entry("/intel/triage", *here == Here::Triage, "inbox", t!(shell, "triage"), count(shell.counts.triage, true))) }
                @if may.triages { (entry("/gaps", *here == Here::Gaps, "scan-search", t!(shell, "gaps"), html! {})) }
                @if may.writes { (entry("/wanted", *here == Here::Wanted, "file-question-mark", t!(shell, "wanted-and-orphans"), html! {})) }
            }
        }
        @if !shell.favourites.is_empty() {
            h2 { (t!(shell, "favourites")) }
            ul.kept { @for page in shell.favourites.iter() { (entry(&page.href, false, &page.icon, "", html! { bdi { (page.title) } })) } }
        }
        @if !shell.spaces.is_empty() && !may.submit_only {
            h2 { (t!(shell, "spaces")) }
            ul {
                @for space in shell.spaces.iter() {
                    (entry(
                        &format!("/s/{}", space.slug),
                        *here == Here::Space(space.slug.clone()),
                        &space.icon,
                        &space.name,
                        count(space.pages, false),
                    ))
                }
            }
        }
    }
}

fn brand(shell: &Shell) -> Markup {
    html! { a.brand href="/" { @match &shell.company.logo { Some(logo) => img.company-logo src={ "/company/logo?v=" (logo) } alt="";, None => (logo()) } (t!(shell, "brand")) small { bdi { (shell.company.name) } } } }
}

pub(super) fn tabbar(shell: &Shell, may: &ShellPerson, here: &Here) -> Markup {
    let tab = |href: &str, at: bool, name: &str, text: &str| {
        html! { a href=(href) aria-current=[at.then_some("page")] { (icon_large(name)) (text) } }
    };
    html! {
        nav.tabbar aria-label=(attr!(shell, "main-menu")) {
            @if may.submit_only {
                (tab("/me", *here == Here::Me, "settings", t!(shell, "my-settings")))
            } @else {
                (tab("/", *here == Here::Home, "house", t!(shell, "home")))
                (tab("/search", *here == Here::Search, "search", t!(shell, "search")))
            }
            a.go href="/intel/new" aria-label=(attr!(shell, "report")) { span { (icon_large("plus")) } }
            (tab("/intel/mine", *here == Here::MyIntel, "message-square-text", t!(shell, "my-intel")))
            details.more-menu {
                summary { (icon_large("menu")) (t!(shell, "more")) }
                div.pop { div.nav {
                    (entries(shell, may, here))
                    ul {
                        (entry("/notifications", *here == Here::Notices, "bell", t!(shell, "notices"), count(shell.counts.notices, true)))
                        @if may.admin { (entry("/people", *here == Here::People, "users", t!(shell, "people-and-spaces"), html! {})) }
                        (entry("/me", *here == Here::Me, "settings", t!(shell, "my-settings"), html! {}))
                        li { (language_switch(shell, "")) }
                        li { (sign_out(shell)) }
                    }
                } }
            }
        }
    }
}

/// A form with one button: the choice is remembered, so it is no link.
pub(super) fn language_switch(shell: &Shell, class: &str) -> Markup {
    let other = shell.language.other();
    let name = match other {
        Language::En => "English",
        Language::He => "עברית",
    };
    html! {
        form.nav-form method="post" action="/language" {
            input type="hidden" name="language" value=(other);
            input type="hidden" name="next" value=(shell.here);
            button class=[(!class.is_empty()).then_some(class)] lang=(other) { (icon("languages")) (name) }
        }
    }
}

fn sign_out(shell: &Shell) -> Markup {
    html! { form.nav-form method="post" action="/signout" { button { (icon_flip("log-out")) (t!(shell, "sign-out")) } } }
}

fn theme_switch(shell: &Shell) -> Markup {
    use crate::reader::Theme;
    let next = match shell.theme {
        Theme::Dark => Theme::Light,
        _ => Theme::Dark,
    };
    html! {
        form method="post" action="/theme" {
            input type="hidden" name="theme" value=(next.as_str());
            input type="hidden" name="next" value=(shell.here);
            button.btn.quiet.ico data-theme-toggle aria-label=(attr!(shell, "theme-switch")) { (icon("contrast")) }
        }
    }
}
