//! The screen that makes addresses of feeds.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::layout::{Here, Screen, screen};
use super::me::one_time_secret;
use super::parts::icon;
use crate::shell::Shell;
use crate::t;

/// A token for feeds.
#[derive(Clone, Debug)]
pub struct TokenLine {
    /// Its key.
    pub id: i64,
    /// Which list it was made for.
    pub name: String,
    /// When it was last used.
    pub seen: Option<DateTime<Utc>>,
}

/// Addresses of feeds.
#[derive(Clone, Debug)]
pub struct FeedsView {
    /// The list that an address is wanted for.
    pub list: String,
    /// Its name.
    pub title: String,
    /// The address that was just made: shown once.
    pub made: Option<String>,
    /// The tokens that were made before.
    pub tokens: Vec<TokenLine>,
}

/// `GET /me/feeds`
pub fn feeds(shell: &Shell, view: &FeedsView) -> Markup {
    let main = html! {
        div.wrap.narrow {
            div.head { div { h1 { (t!(shell, "feeds")) } p { (t!(shell, "feeds-lead")) } } }
            div.stack.g-6 {
                section.panel aria-labelledby="h-feed" {
                    header { (icon("rss")) h2 #h-feed { bdi { (view.title) } } }
                    div.in.stack {
                        @match &view.made {
                            Some(address) => { p { (t!(shell, "feed-once")) } (one_time_secret(shell, address)) p.m { (t!(shell, "feed-secret")) } }
                            None => {
                                p.m { (t!(shell, "feed-make-text")) }
                                form method="post" action="/me/feeds" {
                                    input type="hidden" name="list" value=(view.list);
                                    button.btn.primary { (t!(shell, "feed-make")) }
                                }
                            }
                        }
                    }
                }
                @if !view.tokens.is_empty() {
                    section.panel aria-labelledby="h-feeds" {
                        header { (icon("key-round")) h2 #h-feeds { (t!(shell, "feed-tokens")) } span.count { (view.tokens.len()) } }
                        ul.rows { @for token in &view.tokens { li {
                            (icon("rss"))
                            div { b { bdi { (token.name) } } p.m { @match token.seen { Some(at) => { (t!(shell, "me-token-used")) " " (shell.time_ago(at)) } None => (t!(shell, "me-token-unused")) } } }
                            div.end { form.inline method="post" action={ "/me/feeds/" (token.id) "/end" } { button.btn.sm aria-label=(format!("{}: {}", t!(shell, "me-token-end"), token.name)) { (t!(shell, "me-token-end")) } } }
                        } } }
                    }
                }
                section aria-labelledby="h-lists" {
                    div.sec { h2 #h-lists { (t!(shell, "feed-lists")) } }
                    ul.mini {
                        @if !shell.may().submit_only {
                            li { (icon("rss")) a href="/me/feeds?list=changes" { (t!(shell, "feed-changes")) } }
                            li { (icon("rss")) a href="/me/feeds?list=watched" { (t!(shell, "feed-watched")) } }
                        }
                        li { (icon("rss")) a href="/me/feeds?list=mine" { (t!(shell, "feed-mine")) } }
                        @if shell.may().triages { li { (icon("rss")) a href="/me/feeds?list=triage" { (t!(shell, "feed-triage")) } } }
                        @for space in shell.spaces.iter() { li { (icon("rss")) a href={ "/me/feeds?list=space:" (space.slug) } { bdi { (space.name) } } } }
                    }
                }
            }
        }
    };
    screen(
        shell,
        Screen::new(t!(shell, "feeds"), Here::Me, main).crumbs(
            "/me",
            vec![
                ("/me".to_owned(), t!(shell, "my-settings").to_owned()),
                (String::new(), t!(shell, "feeds").to_owned()),
            ],
        ),
    )
}
