//! The audit: each event as a row that says when, who, what, and on what.

use dugri_app::audit::{About, Audit, Entry, Names};
use dugri_core::{Event, PageId, PersonId, SpaceId};
use maud::{Markup, html};

use super::fields::select;
use super::layout::{Here, Screen, screen};
use super::parts::{icon, older};
use super::people::{Section, role_key, sections};
use crate::handlers::audit::AuditQuery;
use crate::shell::Shell;
use crate::{attr, key, t};

/// A part of the log.
#[derive(Clone, Debug)]
pub struct AuditView {
    /// What was asked.
    pub query: AuditQuery,
    /// Whom one may ask for: keys and names.
    pub people: Vec<(String, String)>,
    /// What happened.
    pub audit: Audit,
    /// Where the older ones are.
    pub older: Option<String>,
    /// Where the table is.
    pub csv: String,
}

/// `GET /people/audit`
pub fn audit(shell: &Shell, view: &AuditView) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { (t!(shell, "audit")) } p { (t!(shell, "audit-lead")) } }
                div.btns { a.btn href=(view.csv) download { (icon("download")) "CSV" } }
            }
            (sections(shell, Section::Audit))
            (filters(shell, view))
            @if view.audit.entries.is_empty() { p.mute.mt role="status" { (t!(shell, "audit-nothing")) } }
            @else {
                div.panel.tw.mt tabindex="0" role="region" aria-label=(attr!(shell, "audit")) { table.tbl {
                    caption.vh { (t!(shell, "audit")) }
                    thead { tr { th scope="col" { (t!(shell, "audit-when")) } th scope="col" { (t!(shell, "audit-who")) } th scope="col" { (t!(shell, "audit-what")) } th scope="col" { (t!(shell, "audit-on")) } } }
                    tbody { @for entry in &view.audit.entries { (row(shell, &view.audit.names, entry)) } }
                } }
                (older(shell, view.older.as_deref()))
            }
        }
    };
    let crumbs = vec![
        ("/people".to_owned(), t!(shell, "people-and-spaces").to_owned()),
        (String::new(), t!(shell, "audit").to_owned()),
    ];
    screen(
        shell,
        Screen::new(t!(shell, "audit"), Here::People, main).crumbs("/people", crumbs),
    )
}

fn filters(shell: &Shell, view: &AuditView) -> Markup {
    let anybody = (String::new(), t!(shell, "audit-anybody").to_owned());
    let people: Vec<_> = std::iter::once(anybody)
        .chain(view.people.iter().cloned())
        .collect();
    let anything = (String::new(), t!(shell, "audit-anything").to_owned());
    let about: Vec<_> = std::iter::once(anything)
        .chain(
            About::ALL
                .iter()
                .map(|about| (about.to_string(), t!(shell, about_key(*about)).to_owned())),
        )
        .collect();
    let query = &view.query;
    let day = |name: &str, label: &str, value: &str| {
        html! {
            div.field { label for={ "f-" (name) } { (label) } input.in-t id={ "f-" (name) } type="date" name=(name) value=(value) dir="ltr"; }
        }
    };
    html! {
        form.panel.pad action="/people/audit" role="search" aria-label=(attr!(shell, "audit-narrow")) {
            div.meta.four {
                (select("who", t!(shell, "audit-who"), &people, &query.who))
                (select("about", t!(shell, "audit-about"), &about, &query.about))
                (day("from", t!(shell, "audit-from"), &query.from))
                (day("until", t!(shell, "audit-until"), &query.until))
            }
            div.btns.mt { button.btn { (icon("sliders-horizontal")) (t!(shell, "audit-narrow")) } a.btn.quiet href="/people/audit" { (t!(shell, "audit-all")) } }
        }
    }
}

fn row(shell: &Shell, names: &Names, entry: &Entry) -> Markup {
    let language = shell.language;
    let who = entry.actor.and_then(|id| names.person(id, language));
    html! {
        tr {
            td.nw { (shell.moment(entry.at)) }
            td { @match who { Some(name) => bdi { (name) }, None => span.mute { (t!(shell, "audit-nobody")) } } }
            td { (t!(shell, event_key(&entry.event))) (detail(shell, names, &entry.event)) }
            td { (thing(shell, names, &entry.event)) }
        }
    }
}

/// What the event is about, with its address where it has one.
fn thing(shell: &Shell, names: &Names, event: &Event) -> Markup {
    let language = shell.language;
    match event.subject() {
        ("person", id) => person(shell, names, PersonId(id)),
        ("page", id) => page(names, PageId(id)),
        ("space", id) => match names.space(SpaceId(id), language) {
            Some((slug, name)) => html! { a href={ "/s/" (slug) } { bdi { (name) } } },
            None => number(id),
        },
        ("group", id) => match names.group(dugri_core::GroupId(id), language) {
            Some(name) => html! { a href="/people/groups" { bdi { (name) } } },
            None => number(id),
        },
        ("topic", id) => match names.topic(dugri_core::TopicId(id), language) {
            Some(name) => html! { bdi { (name) } },
            None => number(id),
        },
        ("intel", id) => html! { a href={ "/intel/" (id) } { (number(id)) } },
        ("site", _) => html! { (shell.company.name) },
        (_, id) => number(id),
    }
}

/// What else the event says.
fn detail(shell: &Shell, names: &Names, event: &Event) -> Markup {
    let said = |what: Markup| html! { span.m { " " (what) } };
    match event {
        Event::MemberAdded { person: id, .. } | Event::MemberRemoved { person: id, .. } => {
            said(person(shell, names, *id))
        }
        Event::RoleChanged {
            person: who,
            group,
            role,
            ..
        } => said(html! {
            @if let Some(id) = who { (person(shell, names, *id)) }
            @if let Some(name) = group.and_then(|id| names.group(id, shell.language)) { bdi { (name) } }
            ": " @match role { Some(role) => (t!(shell, role_key(*role))), None => (t!(shell, "audit-no-role")) }
        }),
        Event::PagePublished { number, .. } => said(html! { bdi { "v" (number) } }),
        Event::PageSuperseded {
            successor: Some(id), ..
        } => said(page(names, *id)),
        Event::IntelAssigned {
            assignee: Some(id), ..
        } => said(person(shell, names, *id)),
        Event::IntelLinked { page: id, .. } => said(page(names, *id)),
        Event::IntelPublished { page: id, number, .. } => {
            said(html! { (page(names, *id)) " " bdi { "v" (number) } })
        }
        Event::IntelMerged { into, .. } => said(number(into.0)),
        Event::SettingChanged { key } => said(html! { bdi { (key) } }),
        Event::Imported {
            pages,
            revisions,
            intel,
        } => said(html! { bdi { (pages) "/" (revisions) "/" (intel) } }),
        _ => html! {},
    }
}

fn person(shell: &Shell, names: &Names, id: PersonId) -> Markup {
    match names.person(id, shell.language) {
        Some(name) => html! { bdi { (name) } },
        None => number(id.0),
    }
}

fn page(names: &Names, id: PageId) -> Markup {
    match names.page(id) {
        Some((public, title)) => html! { a href={ "/p/" (public) } { bdi { (title) } } },
        None => number(id.0),
    }
}

fn number(id: i64) -> Markup {
    html! { bdi { "#" (id) } }
}

fn about_key(about: About) -> &'static str {
    match about {
        About::SignIns => key!("audit-sign-ins"),
        About::People => key!("people"),
        About::Rights => key!("people-rights"),
        About::Tokens => key!("me-tokens"),
        About::Pages => key!("search-pages"),
        About::Files => key!("audit-files"),
        About::Topics => key!("audit-topics"),
        About::Intel => key!("audit-intel"),
        About::Site => key!("audit-site"),
    }
}

/// The sentence of an event.
fn event_key(event: &Event) -> &'static str {
    use Event::*;
    match event {
        SetUp { .. } => key!("event-set-up"),
        SettingChanged { .. } => key!("event-setting-changed"),
        Imported { .. } => key!("event-imported"),
        PersonAdded { .. } => key!("event-person-added"),
        PersonChanged { .. } => key!("event-person-changed"),
        AdminChanged { admin: true, .. } => key!("event-admin-changed"),
        AdminChanged { admin: false, .. } => key!("event-admin-changed-not"),
        ActiveChanged { active: true, .. } => key!("event-active-changed"),
        ActiveChanged { active: false, .. } => key!("event-active-changed-not"),
        GroupAdded { .. } => key!("event-group-added"),
        MemberAdded { .. } => key!("event-member-added"),
        MemberRemoved { .. } => key!("event-member-removed"),
        RoleChanged { .. } => key!("event-role-changed"),
        SignedIn { .. } => key!("event-signed-in"),
        SignInFailed { .. } => key!("event-sign-in-failed"),
        SessionEnded { .. } => key!("event-session-ended"),
        PasswordChanged { .. } => key!("event-password-changed"),
        InvitationMade { .. } => key!("event-invitation-made"),
        InvitationUsed { .. } => key!("event-invitation-used"),
        TokenMade { .. } => key!("event-token-made"),
        TokenEnded { .. } => key!("event-token-ended"),
        SpaceAdded { .. } => key!("event-space-added"),
        SpaceChanged { .. } => key!("event-space-changed"),
        KindAdded { .. } => key!("event-kind-added"),
        TopicAdded { .. } => key!("event-topic-added"),
        TopicChanged { .. } => key!("event-topic-changed"),
        TopicMerged { .. } => key!("event-topic-merged"),
        GapAsked { .. } => key!("event-gap-asked"),
        GapClosed { .. } => key!("event-gap-closed"),
        GapReopened { .. } => key!("event-gap-reopened"),
        AliasAdded { .. } => key!("event-alias-added"),
        AliasChanged { .. } => key!("event-alias-changed"),
        AliasRemoved { .. } => key!("event-alias-removed"),
        FavouriteChanged { .. } => key!("event-favourite-changed"),
        WatchAdded { .. } => key!("event-watch-added"),
        WatchEnded { .. } => key!("event-watch-ended"),
        HomeChosen { .. } => key!("event-home-chosen"),
        PageAdded { .. } => key!("event-page-added"),
        RevisionAdded { .. } => key!("event-revision-added"),
        ChangeOpened { .. } => key!("event-change-opened"),
        ChangeWithdrawn { .. } => key!("event-change-withdrawn"),
        PagePublished { .. } => key!("event-page-published"),
        PageVerified { .. } => key!("event-page-verified"),
        PageSuperseded {
            successor: Some(_), ..
        } => key!("event-page-superseded"),
        PageSuperseded { successor: None, .. } => key!("event-page-superseded-not"),
        PageArchived { archived: true, .. } => key!("event-page-archived"),
        PageArchived { archived: false, .. } => key!("event-page-archived-not"),
        PageChanged { .. } => key!("event-page-changed"),
        PageRenamed { .. } => key!("event-page-renamed"),
        PageMoved { .. } => key!("event-page-moved"),
        PageMerged { .. } => key!("event-page-merged"),
        PageSplit { .. } => key!("event-page-split"),
        PageStepUndone { .. } => key!("event-page-step-undone"),
        RedirectMade { .. } => key!("event-redirect-made"),
        RedirectRemoved { .. } => key!("event-redirect-removed"),
        FileAdded { .. } => key!("event-file-added"),
        FileRead { .. } => key!("event-file-read"),
        IntelSubmitted { .. } => key!("event-intel-submitted"),
        IntelAcknowledged { .. } => key!("event-intel-acknowledged"),
        IntelAssigned { .. } => key!("event-intel-assigned"),
        IntelLinked { .. } => key!("event-intel-linked"),
        IntelWorkStarted { .. } => key!("event-intel-work-started"),
        IntelReplied { .. } => key!("event-intel-replied"),
        IntelNoted { .. } => key!("event-intel-noted"),
        IntelAnswered { .. } => key!("event-intel-answered"),
        IntelDeclined { .. } => key!("event-intel-declined"),
        IntelMerged { .. } => key!("event-intel-merged"),
        IntelUnmerged { .. } => key!("event-intel-unmerged"),
        IntelPublished { .. } => key!("event-intel-published"),
        IntelMoved { .. } => key!("event-intel-moved"),
    }
}
