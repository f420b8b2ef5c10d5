//! Snapshots of a few whole screens in both languages, from made-up data: what the browser gets, to be read in review.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use dugri_core::Language;
use dugri_core::currency::Badge;
use dugri_core::homes::HomeView;
use dugri_core::intel::IntelState;
use dugri_core::pages::Audience;
use dugri_core::topics::TopicKind;

use super::homes::{Card, Home, NewsRow, ReportRow, VerifyRow};
use super::lists::{PageRow, Sla};
use super::pages::{FieldSays, Linked, May, Mine, PageView, Shown, Since};
use super::parts::Face;
use super::{homes, pages, signin};
use crate::dates::Zone;
use crate::reader::{Reader, Theme};
use crate::shell::{Counts, Shell, ShellPerson, ShellSpace};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

fn face(name: &str) -> Face {
    Face {
        name: name.to_owned(),
        photo: None,
    }
}

fn shell(language: Language) -> Shell {
    let reader = Reader {
        language,
        theme: Theme::Light,
    };
    let mut shell = Shell::bare(reader, at("2026-11-24T12:00:00Z"), Zone::Utc, "Orion Sensors");
    let (name, title) = match language {
        Language::En => ("Noa Barak", "Product marketing"),
        Language::He => ("נועה ברק", "שיווק מוצר"),
    };
    shell.person = Some(Arc::new(ShellPerson {
        face: face(name),
        title: title.to_owned(),
        admin: true,
        writes: true,
        triages: true,
        keys: true,
        ..ShellPerson::default()
    }));
    shell.spaces = [ShellSpace {
        slug: "battlecards".to_owned(),
        name: if language == Language::He {
            "כרטיסי תחרות"
        } else {
            "Battlecards"
        }
        .to_owned(),
        icon: "swords".to_owned(),
        pages: 24,
    }]
    .into();
    shell.counts = Counts {
        replies: 1,
        triage: 7,
        notices: 2,
    };
    shell
}

fn row(title: &str, badge: Badge) -> PageRow {
    PageRow {
        href: "/p/cbg2bv9j/xr-200-vs-vectra-v8".to_owned(),
        icon: "swords".to_owned(),
        title: title.to_owned(),
        language: Language::En,
        badge,
        in_review: false,
        summary: "Helm cut its warranty from 5 years to 3 <again>.".to_owned(),
        author: "Maya Friedman".to_owned(),
        number: Some(4),
        at: at("2026-11-15T10:00:00Z"),
    }
}

fn news(title: &str, badge: Badge, own_report: Option<i64>) -> NewsRow {
    NewsRow {
        page: row(title, badge),
        own_report,
        reports: 2,
    }
}

fn home() -> Home {
    Home {
        view: HomeView::Marketing,
        switch: true,
        since: at("2026-11-12T08:00:00Z"),
        must_know: vec![news("Price list, Q4 2026", Badge::Current, None)],
        changed: vec![
            news("XR-200 vs. Helm H5", Badge::Current, Some(207)),
            news("XR-100 vs. Helm H3", Badge::Superseded, None),
        ],
        more: true,
        latest: Vec::new(),
        favourites: vec![Card {
            page: row("XR-200 vs. Vectra V8", Badge::Current),
            kind: "Battlecard".to_owned(),
        }],
        mine: Vec::new(),
        gaps: Vec::new(),
        triage: vec![ReportRow {
            number: 236,
            what: "Vectra gives the gateway away".to_owned(),
            reporter: Some(face("Eyal Shaked")),
            at: at("2026-11-24T09:12:00Z"),
            state: IntelState::New,
            clock: Some(Sla {
                minutes: 118,
                soon: true,
            }),
        }],
        verify: vec![VerifyRow {
            page: row("Vectra: terms and discounts", Badge::Overdue),
            verify: Some("/p/cbg2bv9j/-/verify".to_owned()),
        }],
        verify_total: 1,
        reviews: Vec::new(),
        troubles: Vec::new(),
        drafts: Vec::new(),
    }
}

fn page(badge: Badge) -> PageView {
    PageView {
        id: "cbg2bv9j".to_owned(),
        slug: "xr-200-vs-vectra-v8".to_owned(),
        space: ("battlecards".to_owned(), "Battlecards".to_owned()),
        kind: "Battlecard".to_owned(),
        title: "XR-200 vs. Vectra V8".to_owned(),
        language: Language::En,
        key_message: "Vectra wins the first price. We win the second year.".to_owned(),
        html: "<p>Text.</p>".to_owned(),
        headings: Vec::new(),
        shown: Shown::Published,
        number: Some(19),
        summary: "Answer to “9% cheaper”".to_owned(),
        published: Some((at("2026-11-12T08:00:00Z"), face("Noa Barak"))),
        badge,
        owner: Some((
            face("Noa Barak"),
            "Product marketing".to_owned(),
            "/people/2".to_owned(),
        )),
        verified: Some((at("2026-11-12T08:00:00Z"), face("Noa Barak"))),
        next_check: Some(at("2027-02-01T08:00:00Z")),
        successor: None,
        topics: vec![
            (TopicKind::Product, "XR-200".to_owned(), "xr-200".to_owned()),
            (TopicKind::Competitor, "Vectra".to_owned(), "vectra".to_owned()),
        ],
        audience: Audience::Internal,
        fields: Vec::new(),
        files: vec![Linked {
            href: "/f/9x8y7z6w".to_owned(),
            icon: "paperclip".to_owned(),
            name: "one page.pdf".to_owned(),
            end: "PDF 180 KB".to_owned(),
        }],
        backlinks: Vec::new(),
        pending: Vec::new(),
        reports: vec![FieldSays {
            number: 214,
            what: "They said the gateway is included.".to_owned(),
            reporter: Some(face("Eyal Shaked")),
            account: "Carmon Chemicals".to_owned(),
            state: IntelState::Published,
            became: Some(18),
        }],
        may: May {
            edit: true,
            publish: true,
            verify: true,
            manage: false,
        },
        mine: Mine {
            favourite: true,
            watch: None,
            suggested: Vec::new(),
            since: Some(Since {
                number: 17,
                at: at("2026-11-10T08:00:00Z"),
                reasons: vec![(19, "Answer to “9% cheaper”".to_owned())],
            }),
        },
    }
}

/// Hashes in names of assets change with every edit of a style sheet and say nothing about a view.
fn tidy(html: maud::Markup) -> String {
    let mut out = String::new();
    let html = html.into_string();
    let mut rest = html.as_str();
    while let Some(start) = rest.find("/assets/") {
        let (before, after) = rest.split_at(start + "/assets/".len());
        out.push_str(before);
        rest = after.split_once('-').map_or(after, |(_, name)| name);
    }
    out.push_str(rest);
    out.replace("><", ">\n<")
}

#[test]
fn home_in_english() {
    insta::assert_snapshot!(tidy(homes::home(&shell(Language::En), &home())));
}

#[test]
fn home_in_hebrew() {
    insta::assert_snapshot!(tidy(homes::home(&shell(Language::He), &home())));
}

#[test]
fn page_in_hebrew() {
    insta::assert_snapshot!(tidy(pages::page(&shell(Language::He), &page(Badge::Current))));
}

#[test]
fn sign_in_in_english() {
    let reader = Reader {
        language: Language::En,
        theme: Theme::Auto,
    };
    let shell = Shell::bare(reader, at("2026-11-24T12:00:00Z"), Zone::Utc, "Orion Sensors");
    let form = signin::SignIn {
        email: "noa@orion".to_owned(),
        wrong: vec![crate::errors::Wrong::new("form", "error-signin")],
        ..Default::default()
    };
    insta::assert_snapshot!(tidy(signin::sign_in(&shell, &form)));
}

#[test]
fn no_screen_has_inline_style_or_script() {
    for language in Language::ALL {
        for badge in Badge::ALL {
            let html = pages::page(&shell(*language), &page(*badge)).into_string();
            assert!(
                !html.contains(" style=")
                    && !html.contains("<style")
                    && !html.contains("onclick")
                    && !html.contains("<script>")
            );
            assert_eq!(html.matches("<h1").count(), 1, "one first heading");
        }
    }
}
