//! What the browser needs besides HTML: style, font, icons, modules. Embedded in the binary and served under names
//! that hold a hash of the content, so that they may be kept for ever.
//!
//! The files in `assets/` are served as written. Where one file names another (a font, an imported module, an icon of the
//! manifest) the name is replaced by the hashed one. The one bundle, `editor.js`, is made of `assets/editor` and committed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::cache;
use crate::errors::Error;

#[derive(RustEmbed)]
#[folder = "../../assets/css"]
struct Css;

#[derive(RustEmbed)]
#[folder = "../../assets/fonts"]
struct Fonts;

#[derive(RustEmbed)]
#[folder = "../../assets/icons"]
struct Icons;

#[derive(RustEmbed)]
#[folder = "../../assets/img"]
struct Images;

#[derive(RustEmbed)]
#[folder = "../../assets/js"]
struct Js;

/// A file as it is served.
pub struct Asset {
    /// What it is.
    pub mime: &'static str,
    /// The bytes, names of other files replaced.
    pub body: Bytes,
}

struct Assets {
    by_hashed_name: HashMap<String, Asset>,
    urls: HashMap<String, String>,
    icons: Vec<String>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);

/// The address of a file of `assets/`, by its bare name: `url("dugri.css")`.
pub fn url(name: &str) -> &'static str {
    ASSETS.urls.get(name).map_or("", String::as_str)
}

/// The names of all icons in the sprite, sorted.
pub fn icon_names() -> &'static [String] {
    &ASSETS.icons
}

/// Whether the sprite has this icon.
pub fn has_icon(name: &str) -> bool {
    ASSETS
        .icons
        .binary_search_by(|icon| icon.as_str().cmp(name))
        .is_ok()
}

/// `GET /assets/HASH-name`
pub async fn serve(req: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, Error> {
    let asset = ASSETS.by_hashed_name.get(name.as_str()).ok_or(Error::NotFound)?;
    let etag = cache::etag(&name);
    let mut response = if cache::is_known(&req, &etag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    }
    .content_type(asset.mime)
    .body(if cache::is_known(&req, &etag) {
        Bytes::new()
    } else {
        asset.body.clone()
    });
    cache::Policy::Immutable.set(response.headers_mut());
    cache::set_etag(response.headers_mut(), &etag);
    Ok(response)
}

impl Assets {
    fn load() -> Assets {
        let mut assets = Assets {
            by_hashed_name: HashMap::new(),
            urls: HashMap::new(),
            icons: Vec::new(),
        };
        let plain = |names: Vec<(String, Vec<u8>)>, assets: &mut Assets| {
            for (name, bytes) in names {
                if let Some(mime) = mime(&name) {
                    assets.add(&name, mime, bytes);
                }
            }
        };
        plain(files::<Fonts>(), &mut assets);
        plain(
            files::<Images>()
                .into_iter()
                .filter(|(name, _)| !name.ends_with(".webmanifest"))
                .collect(),
            &mut assets,
        );
        let (sprite, icons) = sprite(files::<Icons>());
        assets.icons = icons;
        assets.add("icons.svg", "image/svg+xml", sprite.into_bytes());
        for (name, bytes) in files::<Css>() {
            let text = assets.with_urls(&text(bytes), "../fonts/");
            assets.add(&name, "text/css; charset=utf-8", text.into_bytes());
        }
        for (name, bytes) in files::<Images>()
            .into_iter()
            .filter(|(name, _)| name.ends_with(".webmanifest"))
        {
            let text = assets.with_urls(&text(bytes), "./");
            assets.add(&name, "application/manifest+json", text.into_bytes());
        }
        assets.add_modules(
            files::<Js>()
                .into_iter()
                .filter(|(name, _)| name.ends_with(".js"))
                .collect(),
        );
        assets
    }

    /// Modules import each other, so they share one hash: that of all of them.
    fn add_modules(&mut self, modules: Vec<(String, Vec<u8>)>) {
        let all: Vec<u8> = modules
            .iter()
            .flat_map(|(_, bytes)| bytes.iter().copied())
            .collect();
        let hash = short_hash(&all);
        for (name, bytes) in &modules {
            let mut source = text(bytes.clone());
            for (other, _) in &modules {
                source = source.replace(&format!("'./{other}'"), &format!("'./{hash}-{other}'"));
            }
            self.put(name, &hash, "text/javascript; charset=utf-8", source.into_bytes());
        }
    }

    fn add(&mut self, name: &str, mime: &'static str, body: Vec<u8>) {
        let hash = short_hash(&body);
        self.put(name, &hash, mime, body);
    }

    fn put(&mut self, name: &str, hash: &str, mime: &'static str, body: Vec<u8>) {
        let hashed = format!("{hash}-{name}");
        self.urls.insert(name.to_owned(), format!("/assets/{hashed}"));
        self.by_hashed_name.insert(
            hashed,
            Asset {
                mime,
                body: Bytes::from(body),
            },
        );
    }

    /// `text` with each `PREFIX name` of a known file replaced by the file's address.
    fn with_urls(&self, text: &str, prefix: &str) -> String {
        self.urls.iter().fold(text.to_owned(), |text, (name, url)| {
            text.replace(&format!("{prefix}{name}"), url)
        })
    }
}

fn files<E: RustEmbed>() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = E::iter()
        .filter_map(|name| E::get(&name).map(|file| (name.to_string(), file.data)))
        .map(|(name, data): (String, Cow<'static, [u8]>)| (name, data.into_owned()))
        .collect();
    files.sort();
    files
}

/// All icons as symbols of one file: some 30 KB that every page shares, against 10 KB repeated in each.
fn sprite(files: Vec<(String, Vec<u8>)>) -> (String, Vec<String>) {
    let mut sprite = String::from(r#"<svg xmlns="http://www.w3.org/2000/svg">"#);
    let mut names = Vec::new();
    for (file, bytes) in files {
        let Some(name) = file.strip_suffix(".svg") else {
            continue;
        };
        let source = text(bytes);
        let inner = source
            .split_once('>')
            .and_then(|(_, rest)| rest.rsplit_once("</svg>"))
            .map_or("", |(inner, _)| inner);
        sprite.push_str(&format!(
            r#"<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>"#
        ));
        names.push(name.to_owned());
    }
    sprite.push_str("</svg>");
    names.sort();
    (sprite, names)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("our own text files are UTF-8")
}

fn short_hash(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}

fn mime(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "woff2" => "font/woff2",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_names_the_font_by_its_hashed_address() {
        let css = url("dugri.css").trim_start_matches("/assets/");
        let body = String::from_utf8(ASSETS.by_hashed_name[css].body.to_vec()).expect("utf-8");
        assert!(body.contains(url("heebo-variable.woff2")));
        assert!(!body.contains("../fonts/"));
    }

    #[test]
    fn modules_import_each_other_by_their_hashed_names() {
        let entry = url("dugri.js").trim_start_matches("/assets/");
        let source = String::from_utf8(ASSETS.by_hashed_name[entry].body.to_vec()).expect("utf-8");
        assert!(source.contains("from './") && source.contains("import('./"));
        for import in source
            .split("from './")
            .skip(1)
            .chain(source.split("import('./").skip(1))
        {
            let name = import.split('\'').next().expect("a quote ends it");
            assert!(ASSETS.by_hashed_name.contains_key(name), "{name} is not served");
        }
    }

    #[test]
    fn every_icon_named_in_the_source_is_in_the_sprite() {
        let mut wrong = Vec::new();
        for file in crate::tests_support::sources() {
            let source = std::fs::read_to_string(&file).expect("utf-8");
            for part in ["icon(\"", "icon_large(\"", "icon_flip(\""]
                .iter()
                .flat_map(|call| source.split(call).skip(1))
            {
                let name: String = part.chars().take_while(|c| *c != '"').collect();
                if !has_icon(&name) {
                    wrong.push(format!("{}: {name}", file.display()));
                }
            }
        }
        assert!(wrong.is_empty(), "not in assets/icons:\n{}", wrong.join("\n"));
    }

    #[test]
    fn every_icon_of_the_domain_is_in_the_sprite() {
        for kind in dugri_core::topics::TopicKind::ALL {
            assert!(has_icon(kind.icon()), "{kind}");
        }
    }

    #[test]
    fn the_bundle_of_the_editor_is_made_of_the_sources_of_now() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/editor");
        let mut names = vec!["build.mjs".to_owned(), "package-lock.json".to_owned()];
        for entry in std::fs::read_dir(folder.join("src")).expect("the sources") {
            names.push(format!(
                "src/{}",
                entry.expect("readable").file_name().to_string_lossy()
            ));
        }
        names.sort();
        let mut hash = Sha256::new();
        for name in names {
            hash.update(&name);
            hash.update([0]);
            hash.update(std::fs::read(folder.join(&name)).expect("a source"));
            hash.update([0]);
        }
        let wanted = format!("// sources {}", hex::encode(hash.finalize()));
        let bundle = Js::get("editor.js").expect("the bundle is committed").data;
        let said = String::from_utf8_lossy(&bundle[..bundle.len().min(400)]).into_owned();
        assert!(
            said.lines().any(|line| line == wanted),
            "assets/js/editor.js is out of date: cd assets/editor && npm ci && npm run build"
        );
    }

    #[test]
    fn nothing_in_the_style_is_physical() {
        let css = Css::get("dugri.css").expect("is there").data;
        let css = String::from_utf8(css.into_owned()).expect("utf-8");
        for word in [
            "margin-left",
            "margin-right",
            "padding-left",
            "padding-right",
            "text-align: left",
            "text-align: right",
            "float:",
        ] {
            assert!(!css.contains(word), "{word} turns wrong in Hebrew");
        }
    }
}
