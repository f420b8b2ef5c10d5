//! The company's name, colour and logo: the form for site admins, and what every screen fetches of them.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use dugri_app::settings::{self, CompanyInput};
use dugri_app::{App, Error as AppError};
use dugri_core::colour::{Colour, TEXT_CONTRAST_MIN};

use crate::answers::{form_again, screen};
use crate::bridge::{block, run};
use crate::cache::Policy;
use crate::errors::Error;
use crate::flash::see_other_saying;
use crate::identity::Admin;
use crate::shell::Shell;
use crate::views::company::{self as views, CompanyForm};
use crate::{t, uploads};

/// The grounds of the dark theme, and what stands on a filled button there.
const DARK: Colour = Colour([0x15, 0x18, 0x1c]);

/// `GET /people/company`
pub async fn form(shell: Shell, _: Admin) -> Result<HttpResponse, Error> {
    let company = &shell.company;
    let form = CompanyForm {
        name: company.name.clone(),
        colour: company
            .colour
            .map(|colour| colour.to_string())
            .unwrap_or_default(),
    };
    Ok(screen(views::company(&shell, &form, &[])))
}

/// `POST /people/company`
pub async fn change(
    app: web::Data<App>,
    shell: Shell,
    admin: Admin,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let (pairs, file) = uploads::read(&req, payload, app.config().file_bytes_max).await?;
    let form = CompanyForm {
        name: pairs.get("company").to_owned(),
        colour: pairs.get("colour").to_owned(),
    };
    let input = CompanyInput {
        name: form.name.clone(),
        colour: if pairs.is_on("own_colour") {
            form.colour.clone()
        } else {
            String::new()
        },
        logo: file.map(|file| file.bytes),
        no_logo: pairs.is_on("no_logo"),
    };
    match run(move || settings::set_company(&app, &admin.actor(), input)).await? {
        Ok(()) => Ok(see_other_saying(
            &shell,
            "/people/company",
            t!(&shell, "people-done"),
            false,
        )),
        Err(wrong) => Ok(form_again(views::company(&shell, &form, &wrong))),
    }
}

/// `GET /company.css`: the colour as tokens, readable in both themes.
pub async fn style(app: web::Data<App>) -> Result<HttpResponse, Error> {
    let company = block(move || settings::company(&app)).await?;
    let css = company.colour.map(tokens).unwrap_or_default();
    let mut response = HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
        .body(css);
    Policy::Immutable.set(response.headers_mut());
    Ok(response)
}

/// `GET /company/logo`
pub async fn logo(app: web::Data<App>) -> Result<HttpResponse, Error> {
    let (kind, bytes) = block(move || settings::logo(&app).map_err(|error: AppError| error)).await?;
    let mut response = HttpResponse::Ok().insert_header((CONTENT_TYPE, kind)).body(bytes);
    Policy::Immutable.set(response.headers_mut());
    Ok(response)
}

fn tokens(colour: Colour) -> String {
    let (black, white) = (Colour([0; 3]), Colour::WHITE);
    let text_dark = colour.readable(DARK, white, 7.0);
    // White stands on it in both themes.
    let fill_dark = colour.mixed(white, 12).readable(white, black, TEXT_CONTRAST_MIN);
    format!(
        ":root {{ --acc: light-dark({colour}, {text_dark}); --acc-fill: light-dark({colour}, {fill_dark}); \
         --acc-fill-2: light-dark({}, {}); --acc-tint: light-dark({}, {}); --acc-line: light-dark({}, {}); \
         --focus: light-dark({colour}, {text_dark}); }}\n",
        colour.mixed(black, 20),
        fill_dark.mixed(black, 15),
        colour.mixed(white, 92),
        colour.mixed(DARK, 82),
        colour.mixed(white, 70),
        colour.mixed(DARK, 50),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_that_is_taken_can_be_read_in_both_themes() {
        for text in ["#1f4fc6", "#a8002a", "#0b6b3a", "#000000", "#5b2a86"] {
            let colour: Colour = text.parse().expect("a colour");
            assert!(colour.contrast(Colour::WHITE) >= TEXT_CONTRAST_MIN);
            let dark = colour.readable(DARK, Colour::WHITE, 7.0);
            assert!(dark.contrast(DARK) >= TEXT_CONTRAST_MIN, "{text}");
            assert!(
                dark.contrast(colour.mixed(DARK, 82)) >= TEXT_CONTRAST_MIN,
                "{text} on its tint"
            );
            assert!(
                colour.contrast(colour.mixed(Colour::WHITE, 92)) >= 4.0,
                "{text} on its tint"
            );
        }
        assert!(
            tokens("#a8002a".parse().expect("a colour")).starts_with(":root { --acc: light-dark(#a8002a, #")
        );
    }
}
