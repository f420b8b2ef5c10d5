//! People by the table, for site admins: the list to take away, a dry run, and the table carried out.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::{App, bulk};

use crate::answers::{form_again, screen, screen_once};
use crate::bridge::{block, run};
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::identity::Admin;
use crate::shell::Shell;
use crate::views::bulk as views;
use crate::{attr, uploads};

/// `GET /people/table.csv`
pub async fn export(app: web::Data<App>, admin: Admin) -> Result<HttpResponse, Error> {
    let bytes = block(move || bulk::export(&app, &admin.actor())).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"dugri-people.csv\""))
        .body(bytes))
}

/// `GET /people/table`
pub async fn form(shell: Shell, _: Admin) -> Result<HttpResponse, Error> {
    Ok(screen(views::table(&shell, "", None, &[])))
}

/// `POST /people/table`: says what the table would do; with `do`, does it.
pub async fn read(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let (pairs, file) = uploads::read(&req, payload, app.config().file_bytes_max).await?;
    // Windows' Excel saves Hebrew in its own code page unless told otherwise; then the names would be mangled.
    let (text, mangled) = match file.map(|file| String::from_utf8(file.bytes)) {
        Some(Ok(text)) => (text, false),
        Some(Err(_)) => (String::new(), true),
        None => (pairs.get("table").to_owned(), false),
    };
    if mangled {
        let wrong = [crate::errors::Wrong::new("table", "error-table-utf8")];
        return Ok(form_again(views::table(&shell, "", None, &wrong)));
    }
    let (sent, does) = (text.clone(), pairs.is_on("do"));
    let actor = admin.actor();
    let outcome = run(move || {
        if does {
            bulk::run(&app, &actor, &sent)
        } else {
            bulk::plan(&app, &actor, &sent)
        }
    });
    match outcome.await? {
        Ok(plan) if does => {
            let said = attr!(&shell, "table-done", count = plan.rows.len());
            Ok(see_other_saying(&shell, "/people", &said, false))
        }
        Ok(plan) => Ok(screen_once(views::table(&shell, &text, Some(&plan), &[]))),
        Err(wrong) => Ok(form_again(views::table(&shell, &text, None, &wrong))),
    }
}
