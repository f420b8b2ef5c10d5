//! A person as colleagues see them.

use dugri_app::profile::Profile;
use maud::{Markup, html};

use super::layout::{Here, Screen, screen};
use super::parts::{Face, avatar, badge_with_date, dir, icon, tags};
use super::watching::{WatchView, watch_button};
use crate::shell::Shell;
use crate::t;

/// `GET /people/PERSON`
pub fn profile(shell: &Shell, profile: &Profile, watch: Option<&WatchView>) -> Markup {
    let language = shell.language;
    let person = &profile.person;
    let name = person.name_in(language);
    let main = html! {
        div.wrap.narrow {
            div.head { div.rowx.portrait { (avatar(&Face::of_row(person, language), true)) div {
                h1 { bdi { (name) } }
                p.rowx.wrapx {
                    @if !person.title_in(language).is_empty() { span { (person.title_in(language)) } }
                    @if person.outsider { span.st data-st="due" { (icon("globe")) (t!(shell, "people-outsider")) } }
                    @if let Some(organisation) = &person.organisation { bdi { (organisation) } }
                    @if !person.active { span.st data-st="archived" { (icon("circle-x")) (t!(shell, "people-inactive")) } }
                }
            } }
                @match watch {
                    Some(watch) => (watch_button(shell, watch)),
                    None => div.btns { a.btn href="/me" { (icon("settings")) (t!(shell, "profile-change")) } },
                }
            }
            dl.facts.wide {
                dt { (t!(shell, "work-email")) } dd { a href={ "mailto:" (person.email) } dir="ltr" { (person.email) } }
                @if let Some(phone) = &person.phone { dt { (t!(shell, "profile-phone")) } dd { a href={ "tel:" (dialled(phone)) } dir="ltr" { (phone) } } }
                @if let Some(home) = profile.home() { dt { (t!(shell, "profile-home")) } dd { bdi { (home.name_in(language)) } } }
                @if !profile.groups.is_empty() { dt { (t!(shell, "groups")) } dd { @for (at, group) in profile.groups.iter().enumerate() { @if at > 0 { ", " } bdi { (group.name_in(language)) } } } }
            }
            @if let Some(expertise) = &person.expertise {
                div.sec.mt { h2 { (t!(shell, "profile-expertise")) } }
                p dir=(dir(expertise)) { (expertise) }
            }
            @if !profile.knows.is_empty() {
                div.sec.mt { h2 { (t!(shell, "profile-knows")) } }
                (tags(profile.knows.iter().map(|(topic, _)| (topic.kind, topic.name_in(language), topic.slug.as_str()))))
            }
            div.sec.mt { h2 { (t!(shell, "profile-owns")) } span.m { (t!(shell, "profile-pages", count = profile.owns.len())) } }
            @if profile.owns.is_empty() { p.mute { (t!(shell, "profile-owns-nothing")) } }
            ul.rows { @for listed in &profile.owns { @let line = &listed.line; li {
                (icon(&line.kind.icon))
                div { a.t href={ "/p/" (line.page.public_id) "/" (line.page.slug) } { bdi { (line.title) } } p.m { bdi { (line.space.name_in(language)) } } }
                div.end { (badge_with_date(shell, listed.badge, None)) }
            } } }
        }
    };
    screen(shell, Screen::new(name, Here::Nowhere, main))
}

/// A number as `tel:` takes it: digits and the plus before them (RFC 3966); what people write between is only for the eye.
fn dialled(phone: &str) -> String {
    let plus = if phone.starts_with('+') { "+" } else { "" };
    let number = phone.split(['x', '#', ',']).next().unwrap_or_default();
    format!(
        "{plus}{}",
        number.chars().filter(char::is_ascii_digit).collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::dialled;

    #[test]
    fn a_number_is_dialled_without_what_is_for_the_eye() {
        assert_eq!(dialled("+972 (4) 555-0134"), "+97245550134");
        assert_eq!(dialled("04-555.0134 x12"), "045550134");
    }
}
