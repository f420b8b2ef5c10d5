//! The API about oneself and one's spaces.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dugri_app::chrome::{self, Counted};
use dugri_app::profile::{self, Photo, ProfileInput};
use dugri_app::{App, Way};
use dugri_core::{PersonId, Role};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::shapes::Problem;
use super::{done, json};
use crate::bridge::block;
use crate::errors::Error;
use crate::forms::Json;
use crate::identity::Viewer;
use crate::views::parts::photo_address;

/// The part of the API about people and spaces.
#[derive(OpenApi)]
#[openapi(
    paths(me, set_profile, set_photo, remove_photo, person, spaces, space),
    components(schemas(Me, ProfileBody, Person, Knows, MySpace, Space, Spaces))
)]
pub struct Doc;

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The key.
    id: i64,
    /// The address.
    email: String,
    /// The name.
    name: String,
    /// The name in Hebrew.
    name_he: Option<String>,
    /// What the person does.
    title: String,
    /// The telephone number.
    phone: Option<String>,
    /// What colleagues can ask them about.
    expertise: Option<String>,
    /// Where the photo is.
    photo: Option<String>,
    /// The language of the interface: `he` or `en`.
    language: String,
    /// A site admin.
    admin: bool,
    /// Somebody from outside.
    outsider: bool,
    /// What the token may be used for; absent for a signed-in browser.
    scopes: Option<Vec<String>>,
    /// The roles in spaces.
    spaces: Vec<MySpace>,
}

/// A role of who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct MySpace {
    /// The space's readable name.
    slug: String,
    /// `submit-only`, `reader`, `contributor`, `editor`, `publisher` or `manager`.
    role: String,
}

/// A space.
#[derive(Debug, Serialize, ToSchema)]
pub struct Space {
    /// The readable name.
    slug: String,
    /// The name.
    name: String,
    /// The name in Hebrew.
    name_he: Option<String>,
    /// What belongs there.
    description: String,
    /// `open`: saving publishes; `reviewed`: a publisher approves.
    policy: String,
    /// The language of new pages.
    language: String,
    /// How many pages are published now.
    pages: i64,
    /// The role of who asks.
    role: Option<String>,
}

/// A person as others see them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// The key.
    id: i64,
    /// The address.
    email: String,
    /// The name.
    name: String,
    /// The name in Hebrew.
    name_he: Option<String>,
    /// What the person does.
    title: String,
    /// The company of somebody from outside.
    organisation: Option<String>,
    /// Somebody from outside.
    outsider: bool,
    /// May sign in.
    active: bool,
    /// The telephone number.
    phone: Option<String>,
    /// What colleagues can ask them about, in their own words.
    expertise: Option<String>,
    /// Where the photo is.
    photo: Option<String>,
    /// The readable name of the home team.
    home: Option<String>,
    /// The readable names of their groups.
    groups: Vec<String>,
    /// What they know, by the pages that they answer for.
    knows: Vec<Knows>,
    /// The permanent ids of those pages.
    owns: Vec<String>,
}

/// A topic that somebody knows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Knows {
    /// The topic's readable name.
    topic: String,
    /// How many of their pages are about it.
    pages: usize,
}

/// A person as colleagues see them.
#[utoipa::path(get, path = "/api/v1/people/{person}", tag = "people", params(("person" = i64, Path)),
    responses((status = 200, body = Person), (status = 404, body = Problem)))]
pub async fn person(
    app: web::Data<App>,
    viewer: Viewer,
    person: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let person = PersonId(person.parse().map_err(|_| Error::NotFound)?);
    let profile = block(move || profile::read(&app, &viewer.actor(), person)).await?;
    let home = profile.home().map(|group| group.slug.clone());
    let row = profile.person;
    json(
        StatusCode::OK,
        &Person {
            id: row.id.0,
            email: row.email,
            name: row.name,
            name_he: row.name_he,
            title: row.title,
            organisation: row.organisation,
            outsider: row.outsider,
            active: row.active,
            photo: row.photo.as_deref().map(|hash| photo_address(row.id, hash)),
            phone: row.phone,
            expertise: row.expertise,
            home,
            groups: profile.groups.into_iter().map(|group| group.slug).collect(),
            knows: profile
                .knows
                .into_iter()
                .map(|(topic, pages)| Knows {
                    topic: topic.slug,
                    pages,
                })
                .collect(),
            owns: profile
                .owns
                .iter()
                .map(|listed| listed.line.page.public_id.to_string())
                .collect(),
        },
    )
}

/// All spaces that who asks may read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Spaces {
    /// In their order.
    items: Vec<Space>,
}

/// Who asks.
#[utoipa::path(get, path = "/api/v1/me", tag = "people",
    responses((status = 200, body = Me), (status = 401, body = Problem)))]
pub async fn me(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let actor = viewer.actor();
    let roles = block(move || dugri_app::spaces::roles_of(&app, &actor)).await?;
    let person = &viewer.person;
    let scopes = match &viewer.way {
        Way::Token(_, scopes) => Some(scopes.iter().map(|scope| scope.as_str().to_owned()).collect()),
        Way::Session(_) => None,
    };
    let me = Me {
        id: person.id.0,
        email: person.email.clone(),
        name: person.name.clone(),
        name_he: person.name_he.clone(),
        title: person.title.clone(),
        phone: person.phone.clone(),
        expertise: person.expertise.clone(),
        photo: person.photo.as_deref().map(|hash| photo_address(person.id, hash)),
        language: person.language.as_str().to_owned(),
        admin: viewer.access.admin,
        outsider: viewer.access.outsider,
        scopes,
        spaces: roles
            .into_iter()
            .map(|(slug, role)| MySpace {
                slug,
                role: role.as_str().to_owned(),
            })
            .collect(),
    };
    json(StatusCode::OK, &me)
}

/// What somebody says of themselves. What is not there stays; an empty text takes away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileBody {
    /// The telephone number.
    phone: Option<String>,
    /// What colleagues can ask them about, at most 300 characters.
    expertise: Option<String>,
    /// The home team: the readable name of one of their groups.
    home: Option<String>,
}

/// Changes what who asks says of themselves.
#[utoipa::path(post, path = "/api/v1/me", tag = "people", request_body = ProfileBody,
    responses((status = 204), (status = 422, body = Problem)))]
pub async fn set_profile(
    app: web::Data<App>,
    viewer: Viewer,
    body: Json<ProfileBody>,
) -> Result<HttpResponse, Error> {
    let Json(body) = body;
    let input = ProfileInput {
        phone: body.phone,
        expertise: body.expertise,
        home: body.home,
        photo: Photo::Stays,
    };
    block(move || profile::set(&app, &viewer.actor(), input)).await?;
    Ok(done())
}

/// Sets the photo: the body is a PNG, JPEG or WebP. It is cut square and made small; what the camera noted is dropped.
#[utoipa::path(put, path = "/api/v1/me/photo", tag = "people",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 204), (status = 413, body = Problem),
        (status = 422, body = Problem)))]
pub async fn set_photo(
    app: web::Data<App>,
    viewer: Viewer,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let bytes = super::files::read(payload, app.config().file_bytes_max).await?;
    change_photo(app, viewer, Photo::Is(bytes)).await
}

/// Takes the photo away.
#[utoipa::path(delete, path = "/api/v1/me/photo", tag = "people", responses((status = 204)))]
pub async fn remove_photo(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    change_photo(app, viewer, Photo::Gone).await
}

async fn change_photo(app: web::Data<App>, viewer: Viewer, photo: Photo) -> Result<HttpResponse, Error> {
    let input = ProfileInput {
        photo,
        ..ProfileInput::default()
    };
    block(move || profile::set(&app, &viewer.actor(), input)).await?;
    Ok(done())
}

/// The spaces that who asks may read.
#[utoipa::path(get, path = "/api/v1/spaces", tag = "people",
    responses((status = 200, body = Spaces), (status = 401, body = Problem)))]
pub async fn spaces(app: web::Data<App>, viewer: Viewer) -> Result<HttpResponse, Error> {
    let actor = viewer.actor();
    let chrome = block(move || chrome::of(&app, &actor)).await?;
    let items = chrome
        .spaces
        .iter()
        .map(|counted| shape(counted, &viewer))
        .collect();
    json(StatusCode::OK, &Spaces { items })
}

/// One space.
#[utoipa::path(get, path = "/api/v1/spaces/{space}", tag = "people",
    params(("space" = String, Path, description = "The space's readable name")),
    responses((status = 200, body = Space), (status = 404, body = Problem)))]
pub async fn space(
    app: web::Data<App>,
    viewer: Viewer,
    path: web::Path<String>,
) -> Result<HttpResponse, Error> {
    let actor = viewer.actor();
    let chrome = block(move || chrome::of(&app, &actor)).await?;
    let slug = path.into_inner();
    let found = chrome.spaces.iter().find(|counted| counted.space.slug == slug);
    json(StatusCode::OK, &shape(found.ok_or(Error::NotFound)?, &viewer))
}

fn shape(counted: &Counted, viewer: &Viewer) -> Space {
    let space = &counted.space;
    Space {
        slug: space.slug.clone(),
        name: space.name.clone(),
        name_he: space.name_he.clone(),
        description: space.description.clone(),
        policy: space.policy.as_str().to_owned(),
        language: space.language.as_str().to_owned(),
        pages: counted.pages,
        role: viewer
            .access
            .role_in(space.id)
            .map(|role: Role| role.as_str().to_owned()),
    }
}
