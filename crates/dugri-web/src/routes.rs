//! The one route table. Every address of Dugri stands here with who may use it and where it is documented;
//! what is not here does not exist. Tests walk the table.

mod guard;

use actix_web::http::{Method, header};
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Resource, Route as Handler};

use self::guard::guard;
use crate::{api, assets, handlers};

/// Who may use an address at all. What exactly one may see or do there is decided by the use case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Everybody.
    Public,
    /// Whoever is signed in, submit-only people included.
    SignedIn,
    /// Who may read at least one space.
    Reader,
    /// Site admins. For others the address does not exist.
    Admin,
}

/// What the table needs to know about who asks; put into the request by whoever recognised the person.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// A site admin.
    pub admin: bool,
    /// May do nothing but report.
    pub submit_only: bool,
}

/// One row of the table.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with `{names}` of its parts.
    pub path: &'static str,
    /// Who may.
    pub policy: Policy,
    /// The document that describes it, below `docs/`.
    pub document: &'static str,
    /// What answers.
    pub handler: fn(Method) -> Handler,
}

macro_rules! routes {
    ($($method:ident $path:literal, $policy:ident, $document:literal, $handler:path;)+) => {
        /// All addresses.
        pub fn table() -> Vec<Route> {
            vec![$(Route {
                method: Method::$method,
                path: $path,
                policy: Policy::$policy,
                document: $document,
                handler: |method| web::method(method).to($handler),
            }),+]
        }
    };
}

routes! {
    GET  "/healthz",          Public, "operating.md", handlers::health::alive;
    GET  "/readyz",           Public, "operating.md", handlers::health::ready;
    GET  "/assets/{name}",    Public, "operating.md", assets::serve;
    POST "/language",         Public, "reading.md",   handlers::preferences::language;
    POST "/theme",            Public, "reading.md",   handlers::preferences::theme;

    GET  "/",                 SignedIn, "reading.md", handlers::homes::home;
    POST "/home",             Reader, "reading.md",   handlers::homes::choose;
    POST "/home/read",        Reader, "reading.md",   handlers::homes::catch_up;
    GET  "/changes",          Reader, "reading.md",   handlers::lists::changes;
    GET  "/topics",           Reader, "topics.md",    handlers::topics::list;
    POST "/topics",           Reader, "topics.md",    handlers::topics::add;
    GET  "/topics/new",       Reader, "topics.md",    handlers::topics::new;
    GET  "/aliases",                Reader, "search.md", handlers::aliases::list;
    POST "/aliases",                Reader, "search.md", handlers::aliases::add;
    POST "/aliases/preview",        Reader, "search.md", handlers::aliases::preview;
    POST "/aliases/{alias}",        Reader, "search.md", handlers::aliases::change;
    POST "/aliases/{alias}/remove", Reader, "search.md", handlers::aliases::remove;
    GET  "/gaps",                   Reader, "search.md", handlers::gaps::list;
    POST "/gaps/ask",               Reader, "search.md", handlers::gaps::ask;
    POST "/gaps/alias",             Reader, "search.md", handlers::gaps::alias;
    POST "/gaps/decline",           Reader, "search.md", handlers::gaps::decline;
    POST "/gaps/redirect",          Reader, "search.md", handlers::gaps::redirect;
    POST "/gaps/{gap}/take-back",   Reader, "search.md", handlers::gaps::take_back;
    POST "/topics/addresses", Admin,  "topics.md",    handlers::topics::set_addresses;
    GET  "/t/{slug}",         Reader, "topics.md",    handlers::topics::home;
    GET  "/t/{slug}/-/edit",  Reader, "topics.md",    handlers::topics::edit;
    POST "/t/{slug}/-/edit",  Reader, "topics.md",    handlers::topics::change;
    POST "/t/{slug}/-/merge", Reader, "topics.md",    handlers::topics::merge;
    POST "/watch",                        Reader,   "watching.md", handlers::watching::watch;
    GET  "/notifications",                SignedIn, "watching.md", handlers::watching::list;
    POST "/notifications/read",           SignedIn, "watching.md", handlers::watching::read_all;
    POST "/notifications/{notice}/read",  SignedIn, "watching.md", handlers::watching::read;
    POST "/notifications/{notice}/mute",  SignedIn, "watching.md", handlers::watching::mute;
    GET  "/feeds/{token}/{list}",         Public,   "watching.md", handlers::feeds::read;
    GET  "/me/searches",                  Reader,   "search.md", handlers::searches::mine;
    POST "/me/searches/forget",           Reader,   "search.md", handlers::searches::forget;
    GET  "/me/feeds",                     SignedIn, "watching.md", handlers::feeds::show;
    POST "/me/feeds",                     SignedIn, "watching.md", handlers::feeds::make;
    POST "/me/feeds/{token}/end",         SignedIn, "watching.md", handlers::feeds::end;
    GET  "/s/{slug}",         Reader, "reading.md",   handlers::lists::space;
    GET  "/wanted",           Reader, "writing.md",   handlers::lists::wanted;
    GET  "/orphans",          Reader, "writing.md",   handlers::lists::orphans;
    GET  "/search",           Reader, "reading.md", handlers::search::results;
    GET  "/menu",             SignedIn, "reading.md", handlers::command::menu;
    GET  "/keys",             SignedIn, "reading.md", handlers::command::keys;
    GET  "/search/panel",     Reader, "reading.md", handlers::search::panel;

    GET  "/new",                                Reader, "writing.md", handlers::edit::new_form;
    POST "/new",                                Reader, "writing.md", handlers::edit::create;
    POST "/preview",                            Reader, "writing.md", handlers::edit::preview;
    GET  "/drafts",                             SignedIn, "writing.md", handlers::drafts::list;
    GET  "/drafts/{key}",                       SignedIn, "writing.md", handlers::drafts::show;
    POST "/drafts/{key}/discard",               SignedIn, "writing.md", handlers::drafts::discard;
    POST "/drafts/{key}/restore",               SignedIn, "writing.md", handlers::drafts::put_back;
    GET  "/p/{id}",                             Reader, "reading.md", handlers::pages::by_id;
    GET  "/p/{id}/v/{number}",                  Reader, "reading.md", handlers::pages::version;
    GET  "/p/{id}/-/edit",                      Reader, "writing.md", handlers::edit::edit_form;
    POST "/p/{id}/-/edit",                      Reader, "writing.md", handlers::edit::save;
    GET  "/p/{id}/-/history",                   Reader, "reading.md", handlers::revisions::history;
    GET  "/p/{id}/-/compare",                   Reader, "reading.md", handlers::revisions::compare;
    GET  "/p/{id}/-/blame",                     Reader, "reading.md", handlers::blame::blame;
    POST "/p/{id}/-/restore",                   Reader, "writing.md", handlers::revisions::restore;
    GET  "/p/{id}/-/source",                    Reader, "reading.md", handlers::pages::source;
    POST "/p/{id}/-/favourite",                 Reader, "reading.md", handlers::mine::favourite;
    POST "/p/{id}/-/seen",                      Reader, "reading.md", handlers::mine::seen;
    POST "/p/{id}/-/topics",                    Reader, "topics.md", handlers::mine::add_topic;
    GET  "/p/{id}/-/files",                     Reader, "writing.md", handlers::files::of_page;
    POST "/p/{id}/-/files",                     Reader, "writing.md", handlers::files::add;
    GET  "/p/{id}/-/settings",                  Reader, "writing.md", handlers::changes::settings;
    POST "/p/{id}/-/settings",                  Reader, "writing.md", handlers::changes::set_settings;
    POST "/p/{id}/-/publish",                   Reader, "writing.md", handlers::changes::publish;
    POST "/p/{id}/-/verify",                    Reader, "writing.md", handlers::changes::verify;
    POST "/p/{id}/-/supersede",                 Reader, "writing.md", handlers::changes::supersede;
    GET  "/p/{id}/-/archive",                   Reader, "writing.md", handlers::steps::archive_form;
    POST "/p/{id}/-/archive",                   Reader, "writing.md", handlers::steps::archive;
    GET  "/p/{id}/-/rename",                    Reader, "writing.md", handlers::rename::rename_form;
    POST "/p/{id}/-/rename",                    Reader, "writing.md", handlers::rename::rename;
    POST "/p/{id}/-/redirects",                 Reader, "writing.md", handlers::rename::redirect;
    GET  "/p/{id}/-/move",                      Reader, "writing.md", handlers::relocate::move_form;
    POST "/p/{id}/-/move",                      Reader, "writing.md", handlers::relocate::relocate;
    GET  "/p/{id}/-/merge",                     Reader, "writing.md", handlers::joins::merge_form;
    POST "/p/{id}/-/merge",                     Reader, "writing.md", handlers::joins::merge;
    GET  "/p/{id}/-/split",                     Reader, "writing.md", handlers::joins::split_form;
    POST "/p/{id}/-/split",                     Reader, "writing.md", handlers::joins::split;
    POST "/p/{id}/-/steps/{step}/undo",         Reader, "writing.md", handlers::steps::undo;
    GET  "/p/{id}/-/change/{change}",           Reader, "writing.md", handlers::changes::change;
    POST "/p/{id}/-/change/{change}/withdraw",  Reader, "writing.md", handlers::changes::withdraw;
    GET  "/p/{id}/{slug}",                      Reader, "reading.md", handlers::pages::read;
    GET  "/f/{id}",                             SignedIn, "reading.md", handlers::files::read_by_id;
    GET  "/f/{id}/{name}",                      SignedIn, "reading.md", handlers::files::read;

    GET  "/intel/new",                              SignedIn, "reporting.md", handlers::intel::new;
    POST "/intel",                                  SignedIn, "reporting.md", handlers::intel::submit;
    GET  "/intel/mine",                             SignedIn, "reporting.md", handlers::intel::mine;
    GET  "/intel/triage",                           Reader, "reporting.md", handlers::triage::triage;
    GET  "/intel/{intel}",                         SignedIn, "reporting.md", handlers::intel::show;
    POST "/intel/{intel}/-/seen",                  SignedIn, "reporting.md", handlers::intel::seen;
    POST "/intel/{intel}/-/files",                 SignedIn, "reporting.md", handlers::intel::add_file;
    POST "/intel/{intel}/-/acknowledge",           Reader, "reporting.md", handlers::triage::acknowledge;
    POST "/intel/{intel}/-/start",                 Reader, "reporting.md", handlers::triage::start;
    POST "/intel/{intel}/-/assign",                Reader, "reporting.md", handlers::triage::assign;
    POST "/intel/{intel}/-/link",                  Reader, "reporting.md", handlers::triage::link;
    POST "/intel/{intel}/-/edit",                  Reader, "reporting.md", handlers::triage::edit;
    POST "/intel/{intel}/-/reply",                 SignedIn, "reporting.md", handlers::triage::reply;
    POST "/intel/{intel}/-/note",                  Reader, "reporting.md", handlers::triage::note;
    POST "/intel/{intel}/-/answer",                Reader, "reporting.md", handlers::triage::answer;
    POST "/intel/{intel}/-/decline",               Reader, "reporting.md", handlers::triage::decline;
    POST "/intel/{intel}/-/move",                  Reader, "reporting.md", handlers::triage::move_to;
    POST "/intel/{intel}/-/merge",                 Reader, "reporting.md", handlers::triage::merge;
    POST "/intel/{intel}/-/unmerge",               Reader, "reporting.md", handlers::triage::unmerge;

    GET  "/api/openapi.json",                               Public, "api.md", api::openapi::serve;
    GET  "/api",                                            SignedIn, "api.md", api::openapi::reference;
    GET  "/api/v1/pages",                                   Reader, "api.md", api::pages::list;
    POST "/api/v1/pages",                                   Reader, "api.md", api::pages::create;
    GET  "/api/v1/pages/{id}",                              Reader, "api.md", api::pages::read;
    PUT  "/api/v1/pages/{id}",                              Reader, "api.md", api::pages::save;
    GET  "/api/v1/pages/{id}/versions/{number}",            Reader, "api.md", api::pages::read_version;
    GET  "/api/v1/pages/{id}/backlinks",                    Reader, "api.md", api::pages::backlinks;
    GET  "/api/v1/pages/{id}/history",                      Reader, "api.md", api::revisions::history;
    GET  "/api/v1/pages/{id}/compare",                      Reader, "api.md", api::revisions::compare;
    GET  "/api/v1/pages/{id}/blame",                        Reader, "api.md", api::blame::read;
    POST "/api/v1/pages/{id}/restore",                      Reader, "api.md", api::publish::restore;
    POST "/api/v1/pages/{id}/verify",                       Reader, "api.md", api::publish::verify;
    POST "/api/v1/pages/{id}/supersede",                    Reader, "api.md", api::publish::supersede;
    POST "/api/v1/pages/{id}/archive",                      Reader, "api.md", api::publish::archive;
    POST "/api/v1/pages/{id}/rename",                       Reader, "api.md", api::steps::rename;
    POST "/api/v1/pages/{id}/move",                         Reader, "api.md", api::steps::relocate;
    POST "/api/v1/pages/{id}/merge",                        Reader, "api.md", api::steps::merge;
    POST "/api/v1/pages/{id}/split",                        Reader, "api.md", api::steps::split;
    GET  "/api/v1/pages/{id}/touches",                      Reader, "api.md", api::steps::touches;
    GET  "/api/v1/pages/{id}/steps",                        Reader, "api.md", api::steps::list;
    POST "/api/v1/pages/{id}/steps/{step}/undo",            Reader, "api.md", api::steps::undo;
    GET  "/api/v1/pages/{id}/redirects",                    Reader, "api.md", api::redirects::list;
    POST "/api/v1/pages/{id}/redirects",                    Reader, "api.md", api::redirects::add;
    DELETE "/api/v1/pages/{id}/redirects",                  Reader, "api.md", api::redirects::remove;
    POST "/api/v1/pages/{id}/files",                        Reader, "api.md", api::files::add;
    GET  "/api/v1/pages/{id}/changes/{change}",             Reader, "api.md", api::pages::read_change;
    POST "/api/v1/pages/{id}/changes/{change}/publish",     Reader, "api.md", api::publish::publish;
    POST "/api/v1/pages/{id}/changes/{change}/withdraw",    Reader, "api.md", api::publish::withdraw;
    GET  "/api/v1/pages/{id}/editing",                      Reader, "api.md", api::drafts::editing;
    POST "/api/v1/pages/{id}/editing",                      Reader, "api.md", api::drafts::beat;
    GET  "/api/v1/drafts",                                  SignedIn, "api.md", api::drafts::list;
    GET  "/api/v1/drafts/{key}",                            SignedIn, "api.md", api::drafts::read;
    PUT  "/api/v1/drafts/{key}",                            SignedIn, "api.md", api::drafts::put;
    POST "/api/v1/drafts/{key}/discard",                    SignedIn, "api.md", api::drafts::discard;
    POST "/api/v1/drafts/{key}/restore",                    SignedIn, "api.md", api::drafts::restore;
    GET  "/api/v1/complete",                                Reader, "api.md", api::complete::names;
    POST "/api/v1/links",                                   Reader, "api.md", api::complete::dead_links;
    GET  "/api/v1/home",                                    Reader, "api.md", api::homes::home;
    POST "/api/v1/home/read",                               Reader, "api.md", api::homes::catch_up;
    GET  "/api/v1/favourites",                              Reader, "api.md", api::homes::favourites;
    PUT  "/api/v1/favourites/{id}",                         Reader, "api.md", api::homes::keep;
    DELETE "/api/v1/favourites/{id}",                       Reader, "api.md", api::homes::drop;
    GET  "/api/v1/topics",                                  Reader, "api.md", api::topics::list;
    POST "/api/v1/topics",                                  Reader, "api.md", api::topics::add;
    POST "/api/v1/topics/suggest",                          Reader, "api.md", api::topics::suggest;
    GET  "/api/v1/topics/{topic}",                          Reader, "api.md", api::topics::read;
    PUT  "/api/v1/topics/{topic}",                          Reader, "api.md", api::topics::change;
    POST "/api/v1/topics/{topic}/merge",                    Reader, "api.md", api::topics::merge;
    GET  "/api/v1/watches",                                 Reader, "api.md", api::watching::list;
    PUT  "/api/v1/watches",                                 Reader, "api.md", api::watching::watch;
    GET  "/api/v1/notifications",                           SignedIn, "api.md", api::watching::notices;
    POST "/api/v1/notifications/read",                      SignedIn, "api.md", api::watching::read_all;
    POST "/api/v1/notifications/{notice}/read",             SignedIn, "api.md", api::watching::read;
    POST "/api/v1/notifications/{notice}/mute",             SignedIn, "api.md", api::watching::mute;
    GET  "/api/v1/gaps",                                    Reader, "api.md", api::gaps::list;
    POST "/api/v1/gaps",                                    Reader, "api.md", api::gaps::ask;
    POST "/api/v1/gaps/decide",                             Reader, "api.md", api::gaps::decide;
    POST "/api/v1/gaps/{gap}/take-back",                    Reader, "api.md", api::gaps::take_back;
    GET  "/api/v1/searches",                                Reader, "api.md", api::gaps::searches_mine;
    DELETE "/api/v1/searches",                              Reader, "api.md", api::gaps::searches_forget;
    GET  "/api/v1/aliases",                                 Reader, "api.md", api::aliases::list;
    POST "/api/v1/aliases",                                 Reader, "api.md", api::aliases::add;
    PUT  "/api/v1/aliases/{alias}",                         Reader, "api.md", api::aliases::change;
    DELETE "/api/v1/aliases/{alias}",                       Reader, "api.md", api::aliases::remove;
    GET  "/api/v1/search",                                  Reader, "api.md", api::search::find;
    GET  "/api/v1/intel",                                       SignedIn, "api.md", api::intel::list;
    POST "/api/v1/intel",                                       SignedIn, "api.md", api::intel::submit;
    GET  "/api/v1/intel/mine",                                  SignedIn, "api.md", api::intel::mine;
    GET  "/api/v1/intel/{intel}",                              SignedIn, "api.md", api::intel::read;
    POST "/api/v1/intel/{intel}/seen",                         SignedIn, "api.md", api::intel::steps::seen;
    POST "/api/v1/intel/{intel}/files",                        SignedIn, "api.md", api::intel::add_file;
    POST "/api/v1/intel/{intel}/acknowledge",                  Reader, "api.md", api::intel::steps::acknowledge;
    POST "/api/v1/intel/{intel}/start",                        Reader, "api.md", api::intel::steps::start;
    POST "/api/v1/intel/{intel}/assign",                       Reader, "api.md", api::intel::steps::assign;
    POST "/api/v1/intel/{intel}/link",                         Reader, "api.md", api::intel::steps::link;
    POST "/api/v1/intel/{intel}/reply",                        SignedIn, "api.md", api::intel::steps::reply;
    POST "/api/v1/intel/{intel}/note",                         Reader, "api.md", api::intel::steps::note;
    POST "/api/v1/intel/{intel}/answer",                       Reader, "api.md", api::intel::steps::answer;
    POST "/api/v1/intel/{intel}/decline",                      Reader, "api.md", api::intel::steps::decline;
    POST "/api/v1/intel/{intel}/move",                         Reader, "api.md", api::intel::steps::move_to;
    POST "/api/v1/intel/{intel}/merge",                        Reader, "api.md", api::intel::steps::merge;
    POST "/api/v1/intel/{intel}/unmerge",                      Reader, "api.md", api::intel::steps::unmerge;
    GET  "/signin",           Public, "people.md",    handlers::sessions::form;
    POST "/signin",           Public, "people.md",    handlers::sessions::sign_in;
    POST "/signout",          Public, "people.md",    handlers::sessions::sign_out;
    GET  "/setup",            Public, "people.md",    handlers::sessions::set_up_form;
    POST "/setup",            Public, "people.md",    handlers::sessions::set_up;
    GET  "/invite/{token}",   Public, "people.md",    handlers::invitations::invitation;
    POST "/invite/{token}",   Public, "people.md",    handlers::invitations::accept_invitation;
    GET  "/reset/{token}",    Public, "people.md",    handlers::invitations::reset;
    POST "/reset/{token}",    Public, "people.md",    handlers::invitations::accept_reset;

    GET  "/me",                          SignedIn, "people.md", handlers::me::show;
    POST "/me",                          SignedIn, "people.md", handlers::me::set_preferences;
    POST "/me/profile",                  SignedIn, "people.md", handlers::me::set_profile;
    POST "/me/password",                 SignedIn, "people.md", handlers::me::change_password;
    POST "/me/sessions/{session}/end",   SignedIn, "people.md", handlers::me::end_session;
    POST "/me/tokens",                   SignedIn, "people.md", handlers::me::make_token;
    POST "/me/tokens/{token}/end",       SignedIn, "people.md", handlers::me::end_token;
    GET  "/people",                      Admin,    "people.md", handlers::people::list;
    POST "/people",                      Admin,    "people.md", handlers::people::invite;
    GET  "/people/read-only",            Admin,    "operating.md", handlers::read_only::show;
    POST "/people/read-only",            Admin,    "operating.md", handlers::read_only::keep;
    GET  "/people/groups",               Admin,    "people.md", handlers::groups::list;
    POST "/people/groups",               Admin,    "people.md", handlers::groups::add_group;
    POST "/people/groups/{group}",       Admin,    "people.md", handlers::groups::set_member;
    POST "/people/spaces",               Admin,    "people.md", handlers::spaces::add_space;
    GET  "/people/spaces/{space}",       Reader,   "people.md", handlers::spaces::rights;
    POST "/people/spaces/{space}",       Reader,   "people.md", handlers::spaces::set_role;
    GET  "/people/spaces/{space}/reach", Reader,   "people.md", handlers::reach::list;
    POST "/people/spaces/{space}/settings", Reader, "people.md", handlers::spaces::change_space;
    GET  "/people/table",                Admin,    "people.md", handlers::bulk::form;
    POST "/people/table",                Admin,    "people.md", handlers::bulk::read;
    GET  "/people/table.csv",            Admin,    "people.md", handlers::bulk::export;
    GET  "/company.css",                 Public,   "people.md", handlers::company::style;
    GET  "/company/logo",                Public,   "people.md", handlers::company::logo;
    GET  "/people/company",              Admin,    "people.md", handlers::company::form;
    POST "/people/company",              Admin,    "people.md", handlers::company::change;
    GET  "/people/audit",                Admin,    "people.md", handlers::audit::list;
    GET  "/people/audit.csv",            Admin,    "people.md", handlers::audit::export;
    GET  "/people/{person}",             Reader,   "people.md", handlers::profile::show;
    GET  "/people/{person}/photo/{hash}", SignedIn, "people.md", handlers::profile::photo;
    GET  "/people/{person}/deactivate",  Admin,    "people.md", handlers::handover::show;
    POST "/people/{person}/deactivate",  Admin,    "people.md", handlers::handover::close;
    POST "/people/{person}/{verb}",      Admin,    "people.md", handlers::people::act;

    GET  "/api/v1/audit",                Admin,    "api.md",    api::audit::list;
    GET  "/api/v1/me",                   SignedIn, "api.md",    api::people::me;
    POST "/api/v1/me",                   SignedIn, "api.md",    api::people::set_profile;
    PUT  "/api/v1/me/photo",             SignedIn, "api.md",    api::people::set_photo;
    DELETE "/api/v1/me/photo",           SignedIn, "api.md",    api::people::remove_photo;
    GET  "/api/v1/people/{person}",      Reader,   "api.md",    api::people::person;
    GET  "/api/v1/spaces",               SignedIn, "api.md",    api::people::spaces;
    GET  "/api/v1/spaces/{space}",       Reader,   "api.md",    api::people::space;
    POST "/api/v1/spaces/{space}/files", Reader,   "api.md",    api::files::add_to_space;
}

/// Lists by name, in the order in which the names came.
type Named<T> = Vec<(&'static str, Vec<T>)>;

/// Puts the table into the application: one resource per path, 405 with the methods it knows for the others. The
/// resources of one corner of the site stand in a scope, so that finding one tries few patterns.
pub fn configure(config: &mut ServiceConfig) {
    let mut corners: Named<(&'static str, Vec<Route>)> = Vec::new();
    for route in table() {
        // In the order of the table: an address with a fixed part stands before the one with a name there.
        let within = entry(&mut corners, corner(route.path));
        entry(within, route.path).push(route);
    }
    // A corner within another comes first: a scope takes in all that begins like it.
    corners.sort_by_key(|(corner, _)| std::cmp::Reverse(corner.matches('/').count()));
    for (corner, paths) in corners {
        // A scope of nothing would take in every address.
        if corner.is_empty() {
            for (path, routes) in paths {
                config.service(resource(path, routes));
            }
            continue;
        }
        let mut scope = web::scope(corner);
        for (path, routes) in paths {
            scope = scope.service(resource(&path[corner.len()..], routes));
        }
        config.service(scope);
    }
}

/// What the addresses of one corner begin with: up to the `-` before a verb, else the first part; of the API's, the
/// first three. Nothing for the home page.
fn corner(path: &'static str) -> &'static str {
    if path == "/" {
        return "";
    }
    if let Some((before, _)) = path.split_once("/-/") {
        return &path[..before.len() + 2];
    }
    let parts = if path.starts_with("/api/") { 3 } else { 1 };
    let end = path
        .match_indices('/')
        .nth(parts)
        .map_or(path.len(), |(at, _)| at);
    &path[..end]
}

/// The entry of `key`, made where there is none.
fn entry<'a, T: Default>(list: &'a mut Vec<(&'static str, T)>, key: &'static str) -> &'a mut T {
    let at = list
        .iter()
        .position(|(known, _)| *known == key)
        .unwrap_or_else(|| {
            list.push((key, T::default()));
            list.len() - 1
        });
    &mut list[at].1
}

fn resource(path: &str, routes: Vec<Route>) -> Resource {
    let allowed = routes
        .iter()
        .map(|r| r.method.to_string())
        .collect::<Vec<_>>()
        .join(", ");
    let mut resource = web::resource(path);
    for route in routes {
        let policy = route.policy;
        // Who may GET may ask for the head alone; the server leaves the body out.
        let head = (route.method == Method::GET).then_some(Method::HEAD);
        for method in [Some(route.method), head].into_iter().flatten() {
            let guarded = (route.handler)(method).wrap(from_fn(move |req, next| guard(policy, req, next)));
            resource = resource.route(guarded);
        }
    }
    resource.default_service(web::to(move || {
        let allowed = allowed.clone();
        async move {
            HttpResponse::MethodNotAllowed()
                .insert_header((header::ALLOW, allowed))
                .finish()
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_stands_twice_and_each_has_a_document() {
        let mut seen = std::collections::BTreeSet::new();
        for route in table() {
            assert!(
                seen.insert((route.method.to_string(), route.path)),
                "{} {} twice",
                route.method,
                route.path
            );
            assert!(route.document.ends_with(".md"), "{}", route.path);
            // No foreign path may take the place of an address of ours.
            assert!(dugri_app::redirects::is_own(route.path), "{}", route.path);
            assert!(route.path.starts_with('/'));
        }
    }
}
