//! People by the table: the form, and what the table would do.

use dugri_app::bulk::{Does, Plan, Row};
use maud::{Markup, html};

use super::fields::{field_error, form_errors};
use super::layout::{Here, Screen, screen};
use super::parts::icon;
use crate::errors::Wrong;
use crate::shell::Shell;
use crate::{attr, key, t};

/// `GET /people/table`
pub fn table(shell: &Shell, text: &str, plan: Option<&Plan>, wrong: &[Wrong]) -> Markup {
    let main = html! {
        div.wrap {
            div.head {
                div { h1 { (t!(shell, "table-title")) } p { (t!(shell, "table-lead")) } }
                div.btns { a.btn href="/people/table.csv" download { (icon("download")) (t!(shell, "table-take")) } }
            }
            (form_errors(shell, wrong))
            @if let Some(plan) = plan { (planned(shell, text, plan)) }
            form.panel.pad.stack.mt method="post" action="/people/table" enctype="multipart/form-data" {
                div.field { label for="f-file" { (t!(shell, "table-file")) } input.in-t #f-file type="file" name="file" accept=".csv,text/csv"; }
                div.field {
                    label for="f-table" { (t!(shell, "table-paste")) }
                    textarea.in-t.mono #f-table name="table" rows="8" dir="auto" spellcheck="false" { (text) }
                    p.hint dir="ltr" { "email, name, name_he, title, title_he, organisation, language, outsider, groups" }
                    (field_error(shell, "table", wrong))
                }
                div { button.btn.primary[plan.is_none()] { (t!(shell, "table-check")) } }
            }
        }
    };
    let crumbs = vec![
        ("/people".to_owned(), t!(shell, "people-and-spaces").to_owned()),
        (String::new(), t!(shell, "table-title").to_owned()),
    ];
    screen(
        shell,
        Screen::new(t!(shell, "table-title"), Here::People, main).crumbs("/people", crumbs),
    )
}

fn planned(shell: &Shell, text: &str, plan: &Plan) -> Markup {
    let count = |does: Does| plan.rows.iter().filter(|row| row.does == does).count();
    html! {
        section aria-labelledby="h-plan" {
            div.sec { h2 #h-plan { (t!(shell, "table-plan")) } span.m role="status" { (t!(shell, "table-counts", adds = count(Does::Adds), changes = count(Does::Changes), same = count(Does::Nothing))) } }
            @if !plan.ignored.is_empty() { p.m { (t!(shell, "table-ignored", columns = plan.ignored.join(", "))) } }
            div.panel.tw tabindex="0" role="region" aria-label=(attr!(shell, "table-plan")) { table.tbl {
                thead { tr { th.num scope="col" { "#" } th scope="col" { (t!(shell, "work-email")) } th scope="col" { (t!(shell, "people-name")) } th scope="col" { (t!(shell, "groups")) } th scope="col" { (t!(shell, "table-does")) } } }
                tbody { @for row in &plan.rows { (planned_row(shell, row)) } }
            } }
            @if plan.is_good() {
                form.mt method="post" action="/people/table" { input type="hidden" name="do" value="yes"; input type="hidden" name="table" value=(text); button.btn.primary { (t!(shell, "table-do")) } }
            } @else { p.err { (icon("circle-alert")) (t!(shell, "error-table-rows")) } }
        }
    }
}

fn planned_row(shell: &Shell, row: &Row) -> Markup {
    let wrong: Vec<Wrong> = row.wrong.iter().cloned().map(Wrong::from).collect();
    html! {
        tr {
            td.num { (row.number) }
            td dir="ltr" { (row.email) }
            td { bdi { (row.name) } }
            td { @for group in &row.joins { bdi { (group) } " " } }
            td {
                @if wrong.is_empty() { (t!(shell, does_key(row.does))) }
                @for wrong in &wrong { p.err { (icon("circle-alert")) bdi { (wrong.field) } ": " (wrong.sentence(shell.language)) } }
            }
        }
    }
}

fn does_key(does: Does) -> &'static str {
    match does {
        Does::Adds => key!("table-adds"),
        Does::Changes => key!("table-changes"),
        Does::Nothing => key!("table-same"),
    }
}
