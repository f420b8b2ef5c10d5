//! Who can come into a space, and why.

use dugri_app::reach::{Reaches, Source};
use dugri_app::spaces::SpaceRow;
use maud::{Markup, html};

use super::layout::{Here, Screen, screen};
use super::parts::{Face, avatar, icon};
use super::people::role_key;
use crate::shell::Shell;
use crate::{attr, t};

/// `GET /people/spaces/SPACE/reach`
pub fn list(shell: &Shell, space: &SpaceRow, reaching: &[Reaches], words: &str) -> Markup {
    let language = shell.language;
    let name = space.name_in(language);
    let folded = words.to_lowercase();
    let asked = |reaches: &&Reaches| {
        let person = &reaches.person;
        [
            person.name.as_str(),
            person.name_he.as_deref().unwrap_or_default(),
            person.email.as_str(),
        ]
        .iter()
        .any(|text| text.to_lowercase().contains(&folded))
    };
    let shown: Vec<&Reaches> = reaching.iter().filter(asked).collect();
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "reach-title", name = name)) } p { (t!(shell, "reach-lead")) } } }
            form.mb role="search" aria-label=(attr!(shell, "reach-find")) action={ "/people/spaces/" (space.slug) "/reach" } {
                div.search { (icon("search")) label.vh for="rq" { (t!(shell, "reach-find")) } input #rq type="search" name="q" value=(words) dir="auto" placeholder=(attr!(shell, "reach-find")); }
            }
            p.m role="status" { (t!(shell, "reach-count", count = shown.len())) }
            @if shown.is_empty() && !words.is_empty() { p { (t!(shell, "reach-not", words = words)) } }
            ul.rows { @for reaches in &shown { li {
                (avatar(&Face::of_row(&reaches.person, language), false))
                div { a.t href={ "/people/" (reaches.person.id) } { bdi { (reaches.person.name_in(language)) } } @if reaches.person.outsider { " " span.st data-st="due" { (icon("globe")) (t!(shell, "people-outsider")) } }
                    p.m { (t!(shell, role_key(reaches.role))) " · " @for (at, source) in reaches.by.iter().enumerate() { @if at > 0 { ", " } (why(shell, source)) } } }
            } } }
        }
    };
    let rights = format!("/people/spaces/{}", space.slug);
    let crumbs = vec![
        (rights.clone(), name.to_owned()),
        (String::new(), t!(shell, "reach-short").to_owned()),
    ];
    let title = attr!(shell, "reach-title", name = name);
    screen(
        shell,
        Screen::new(title, Here::People, main).crumbs(rights, crumbs),
    )
}

fn why(shell: &Shell, source: &Source) -> Markup {
    match source {
        Source::Admin => html! { (t!(shell, "reach-admin")) },
        Source::Own(role) => html! { (t!(shell, "reach-own", role = t!(shell, role_key(*role)))) },
        Source::Group(group, role) => html! {
            (t!(shell, "reach-group", group = group.name_in(shell.language), role = t!(shell, role_key(*role))))
        },
    }
}
