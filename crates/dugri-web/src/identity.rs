//! Who asks. The middleware [`recognise`] reads cookie or token once and puts what was found into the request:
//! [`Standing`] for the route table, [`Chosen`] for the language, [`Shell`] for screens, [`Viewer`] for handlers.
//!
//! From memory where it can: a warm request neither runs a query nor leaves its thread.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, ResponseError, web};
use dugri_app::chrome::{self, Chrome};
use dugri_app::read_only::{self, ReadOnly};
use dugri_app::sessions::Origin;
use dugri_app::settings::Company;
use dugri_app::{Actor, App, Way, sessions, settings, tokens};
use dugri_core::people::Scope;
use dugri_core::{Language, Role};

use crate::bare_shell;
use crate::bridge::block;
use crate::client::Proxies;
use crate::cookies::Keys;
use crate::errors::Error;
use crate::reader::{Chosen, Reader, Theme};
use crate::routes::Standing;
use crate::shell::{Counts, Flash, Shell, ShellPage, ShellPerson, ShellSpace};
use crate::views::parts::Face;

/// The longest token that is looked at.
const TOKEN_BYTES_MAX: usize = 200;
/// How much of what a browser calls itself is kept.
const AGENT_CHARS_MAX: usize = 200;

/// Somebody who is signed in, or acts by a token.
#[derive(Clone, Debug)]
pub struct Viewer(Arc<dugri_app::Viewer>);

impl Deref for Viewer {
    type Target = dugri_app::Viewer;
    fn deref(&self) -> &dugri_app::Viewer {
        &self.0
    }
}

impl FromRequest for Viewer {
    type Error = Error;
    type Future = Ready<Result<Viewer, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(req.extensions().get::<Viewer>().cloned().ok_or(Error::SignIn))
    }
}

/// A site admin. For others the address does not exist.
#[derive(Clone, Debug)]
pub struct Admin(pub Viewer);

impl Deref for Admin {
    type Target = Viewer;
    fn deref(&self) -> &Viewer {
        &self.0
    }
}

impl FromRequest for Admin {
    type Error = Error;
    type Future = Ready<Result<Admin, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let viewer = req.extensions().get::<Viewer>().cloned().ok_or(Error::SignIn);
        ready(viewer.and_then(|viewer| {
            if viewer.access.admin {
                Ok(Admin(viewer))
            } else {
                Err(Error::NotFound)
            }
        }))
    }
}

impl FromRequest for Shell {
    type Error = Error;
    type Future = Ready<Result<Shell, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let shell = req.extensions().get::<Shell>().cloned();
        ready(Ok(shell.unwrap_or_else(|| bare_shell(req, Reader::of(req)))))
    }
}

/// Where a request comes from, for sessions and throttles.
#[derive(Clone, Debug)]
pub struct Caller(pub Origin);

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Caller, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let client = req
            .app_data::<web::Data<Proxies>>()
            .and_then(|proxies| proxies.client(req));
        let agent = req
            .headers()
            .get(header::USER_AGENT)
            .and_then(|v| v.to_str().ok());
        ready(Ok(Caller(Origin {
            address: client.map(|address| address.to_string()).unwrap_or_default(),
            agent: agent.unwrap_or_default().chars().take(AGENT_CHARS_MAX).collect(),
        })))
    }
}

/// Recognises who asks, and goes on either way: the route table decides who may.
pub async fn recognise(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, actix_web::Error> {
    match meet(req.request()).await {
        // As an answer and not as an error: only answers get a body and headers on the way out.
        Err(error) => Ok(req.into_response(error.error_response()).map_into_right_body()),
        Ok(()) => next.call(req).await.map(ServiceResponse::map_into_left_body),
    }
}

async fn meet(req: &HttpRequest) -> Result<(), Error> {
    if needs_nobody(req.path()) {
        return Ok(());
    }
    match find(req).await? {
        Some(found) => {
            admit_by_scope(&found.viewer, req)?;
            introduce(req, found);
        }
        None => greet(req).await,
    }
    Ok(())
}

/// Addresses that are the same for everybody, and must answer when the database does not.
fn needs_nobody(path: &str) -> bool {
    path.starts_with("/assets/") || path == "/healthz" || path == "/readyz"
}

/// What is known of who asks.
struct Found {
    viewer: Viewer,
    /// For screens only.
    chrome: Option<Arc<Chrome>>,
    company: Arc<Company>,
    read_only: Option<ReadOnly>,
}

async fn find(req: &HttpRequest) -> Result<Option<Found>, Error> {
    let Some(app) = req.app_data::<web::Data<App>>().cloned() else {
        return Ok(None);
    };
    let is_api = req.path().starts_with("/api/");
    if is_api && let Some(token) = bearer(req) {
        let found = block(move || tokens::viewer(&app, &token)).await?;
        return found
            .map(|viewer| {
                Some(Found {
                    viewer: Viewer(viewer),
                    chrome: None,
                    company: Arc::default(),
                    read_only: None,
                })
            })
            .ok_or(Error::SignIn);
    }
    let keys = req.app_data::<web::Data<Keys>>();
    let Some(session) = keys.and_then(|keys| keys.session(req)) else {
        return Ok(None);
    };
    if let Some(found) = remembered(&app, session, is_api) {
        return Ok(Some(found));
    }
    block(move || {
        let Some(viewer) = sessions::viewer(&app, session)? else {
            return Ok(None);
        };
        let chrome = if is_api {
            None
        } else {
            Some(chrome::of(&app, &viewer.actor())?)
        };
        let company = settings::company(&app)?;
        let read_only = read_only::state(&app)?;
        Ok::<_, dugri_app::Error>(Some(Found {
            viewer: Viewer(viewer),
            chrome,
            company,
            read_only,
        }))
    })
    .await
}

fn remembered(app: &App, session: dugri_core::SessionId, is_api: bool) -> Option<Found> {
    let viewer = sessions::viewer_remembered(app, session)?;
    let chrome = if is_api {
        None
    } else {
        Some(chrome::remembered(app, &viewer.actor())?)
    };
    let company = settings::company_remembered(app)?;
    let read_only = read_only::remembered(app)?;
    Some(Found {
        viewer: Viewer(viewer),
        chrome,
        company,
        read_only,
    })
}

fn bearer(req: &HttpRequest) -> Option<String> {
    let value = req.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.len() <= TOKEN_BYTES_MAX).then(|| token.to_owned())
}

/// A token does what its scopes say: reading, writing, or the field's reports.
fn admit_by_scope(viewer: &Viewer, req: &HttpRequest) -> Result<(), Error> {
    let Way::Token(_, scopes) = &viewer.way else {
        return Ok(());
    };
    let is_intel = req.path().starts_with("/api/v1/intel");
    let (allowed, needed): (&[Scope], _) = match (req.method().is_safe(), is_intel) {
        (true, true) => (&[Scope::Read, Scope::Intel], Scope::Intel),
        (true, false) if req.path() == "/api/v1/me" => {
            (&[Scope::Read, Scope::Write, Scope::Intel], Scope::Read)
        }
        (true, false) => (&[Scope::Read], Scope::Read),
        (false, true) => (&[Scope::Intel], Scope::Intel),
        (false, false) => (&[Scope::Write], Scope::Write),
    };
    if allowed.iter().any(|scope| scopes.contains(*scope)) {
        return Ok(());
    }
    Err(Error::Scope {
        needed: needed.as_str(),
    })
}

/// Puts what is known of somebody into the request.
fn introduce(req: &HttpRequest, found: Found) {
    let viewer = &found.viewer;
    let chosen = Chosen {
        language: viewer.person.language,
        theme: Theme::parse(viewer.person.theme.as_str()),
    };
    let standing = Standing {
        admin: viewer.access.admin,
        submit_only: viewer.access.submit_only(),
    };
    req.extensions_mut().insert(standing);
    req.extensions_mut().insert(chosen);
    if let Some(chrome) = &found.chrome {
        let mut shell = shell_of(req, viewer, chrome, found.company);
        shell.read_only = found.read_only;
        req.extensions_mut().insert(shell);
    }
    req.extensions_mut().insert(found.viewer);
}

/// Whoever is not signed in still sees the company's name.
async fn greet(req: &HttpRequest) {
    let Some(app) = req.app_data::<web::Data<App>>().cloned() else {
        return;
    };
    let read_only = read_only::last_known(&app);
    let company = match settings::company_remembered(&app) {
        Some(company) => company,
        // A door that can't be painted is still a door.
        None => block(move || settings::company(&app)).await.unwrap_or_default(),
    };
    let mut shell = bare_shell(req, Reader::of(req));
    if !company.name.is_empty() {
        shell.company = company;
    }
    shell.read_only = read_only;
    req.extensions_mut().insert(shell);
}

fn shell_of(req: &HttpRequest, viewer: &Viewer, chrome: &Chrome, company: Arc<Company>) -> Shell {
    let mut shell = bare_shell(req, Reader::of(req));
    let language = shell.language;
    if !company.name.is_empty() {
        shell.company = company;
    }
    shell.person = Some(Arc::new(ShellPerson {
        face: Face::of_row(&viewer.person, language),
        title: viewer.person.title_in(language).to_owned(),
        admin: viewer.access.admin,
        submit_only: viewer.access.submit_only(),
        writes: viewer.access.anywhere(Role::Contributor),
        triages: viewer.access.anywhere(Role::Editor),
        keys: viewer.person.shortcuts,
    }));
    shell.spaces = chrome
        .spaces
        .iter()
        .map(|counted| space_of(counted, language))
        .collect();
    shell.favourites = chrome
        .favourites
        .iter()
        .map(|line| ShellPage {
            href: format!("/p/{}/{}", line.page.public_id, line.page.slug),
            title: line.title.clone(),
            icon: line.kind.icon.clone(),
        })
        .collect();
    shell.flash = req.extensions().get::<Flash>().cloned();
    shell.counts = Counts {
        replies: chrome.counts.unread,
        triage: chrome.counts.new,
        notices: chrome.notices,
    };
    shell
}

fn space_of(counted: &chrome::Counted, language: Language) -> ShellSpace {
    ShellSpace {
        slug: counted.space.slug.clone(),
        name: counted.space.name_in(language).to_owned(),
        icon: counted.space.icon.clone(),
        pages: counted.pages,
    }
}

/// The actor of a request, for handlers that call use cases.
impl From<&Viewer> for Actor {
    fn from(viewer: &Viewer) -> Actor {
        viewer.actor()
    }
}
