//! The layers of the configuration: file, environment, flags; the later one wins. What is not a setting is refused with
//! the name that was probably meant.

use std::collections::BTreeMap;
use std::path::Path;

use crate::failure::Misconfigured;

/// A setting.
pub struct Setting {
    /// Its name in the file; a dot separates table and key.
    pub name: &'static str,
    /// Its name in the environment.
    pub env: &'static str,
}

const fn setting(name: &'static str, env: &'static str) -> Setting {
    Setting { name, env }
}

/// All settings.
pub const SETTINGS: &[Setting] = &[
    setting("data", "DUGRI_DATA"),
    setting("database", "DUGRI_DATABASE"),
    setting("listen", "DUGRI_LISTEN"),
    setting("base_url", "DUGRI_BASE_URL"),
    setting("trusted_proxies", "DUGRI_TRUSTED_PROXIES"),
    setting("session_key", "DUGRI_SESSION_KEY"),
    setting("file_bytes_max", "DUGRI_FILE_BYTES_MAX"),
    setting("workers", "DUGRI_WORKERS"),
    setting("log", "DUGRI_LOG"),
    setting("log_format", "DUGRI_LOG_FORMAT"),
    setting("s3.bucket", "DUGRI_S3_BUCKET"),
    setting("s3.endpoint", "DUGRI_S3_ENDPOINT"),
    setting("s3.region", "DUGRI_S3_REGION"),
    setting("s3.access_key", "DUGRI_S3_ACCESS_KEY"),
    setting("s3.secret_key", "DUGRI_S3_SECRET_KEY"),
];

/// Names in the environment that belong to us and are no settings.
const OTHER_ENV: &[&str] = &["DUGRI_CONFIG"];

/// A setting's text, and how to name the place that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The text.
    pub text: String,
    /// `listen in dugri.toml`, `DUGRI_LISTEN`, `--listen`.
    pub from: String,
}

/// The settings that were given.
#[derive(Debug, Default)]
pub struct Layers(BTreeMap<&'static str, Given>);

impl Layers {
    /// The last word on a setting. `name` must be one of [`SETTINGS`].
    pub fn get(&self, name: &str) -> Option<&Given> {
        debug_assert!(find(name).is_some(), "{name} is not a setting");
        self.0.get(name)
    }

    /// Lays the file over what is there.
    pub fn file(&mut self, path: &Path) -> Result<(), Misconfigured> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| Misconfigured(format!("the configuration {shown} can't be read: {error}")))?;
        let table: toml::Table = text
            .parse()
            .map_err(|error| Misconfigured(format!("the configuration {shown} is no TOML: {error}")))?;
        self.table(&table, "", &shown.to_string())
    }

    fn table(&mut self, table: &toml::Table, prefix: &str, file: &str) -> Result<(), Misconfigured> {
        for (key, value) in table {
            let name = format!("{prefix}{key}");
            if let toml::Value::Table(inner) = value
                && prefix.is_empty()
                && SETTINGS.iter().any(|s| s.name.starts_with(&format!("{name}.")))
            {
                self.table(inner, &format!("{name}."), file)?;
                continue;
            }
            let setting = find(&name).ok_or_else(|| unknown(&name, file))?;
            let from = format!("{name} in {file}");
            let text = plain(value).ok_or_else(|| {
                Misconfigured(format!("{from} must be a text, a number, or a list of texts"))
            })?;
            self.0.insert(setting.name, Given { text, from });
        }
        Ok(())
    }

    /// Lays the environment over what is there. A name that only looks like ours is told to `tell`: the environment is
    /// shared, and another program may mean it.
    pub fn environment(
        &mut self,
        variables: impl IntoIterator<Item = (String, String)>,
        tell: &mut dyn FnMut(String),
    ) {
        for (variable, text) in variables {
            if !variable.starts_with("DUGRI_") || OTHER_ENV.contains(&variable.as_str()) {
                continue;
            }
            match SETTINGS.iter().find(|setting| setting.env == variable) {
                Some(setting) => {
                    self.0.insert(setting.name, Given { text, from: variable });
                }
                None if variable.starts_with("DUGRI_TEST") => {}
                None => {
                    let near = nearest(&variable, SETTINGS.iter().map(|setting| setting.env));
                    tell(format!(
                        "{variable} is not a setting{}",
                        near.map_or(String::new(), |near| format!("; {near} is"))
                    ));
                }
            }
        }
    }

    /// Lays a flag over what is there.
    pub fn flag(&mut self, name: &'static str, flag: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.0.insert(
                name,
                Given {
                    text: text.clone(),
                    from: flag.to_owned(),
                },
            );
        }
    }
}

fn find(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

fn unknown(name: &str, file: &str) -> Misconfigured {
    let near = nearest(name, SETTINGS.iter().map(|setting| setting.name));
    let hint = near.map_or_else(
        || "see `dugri --help` for the settings".to_owned(),
        |near| format!("{near} was probably meant"),
    );
    Misconfigured(format!("{name} in {file} is not a setting: {hint}"))
}

fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            Some(texts?.join(","))
        }
        _ => None,
    }
}

/// The name that is nearest, if it is near at all.
fn nearest(name: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let (distance, near) = names.map(|known| (distance(name, known), known)).min()?;
    (distance <= name.len() / 2).then_some(near)
}

/// How many letters must be changed, added or left out (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = before + usize::from(x != *y);
            before = row[j + 1];
            row[j + 1] = changed.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(text: &str) -> Result<Layers, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("dugri.toml");
        std::fs::write(&path, text).expect("written");
        let mut layers = Layers::default();
        layers.file(&path).map_err(|error| error.to_string())?;
        Ok(layers)
    }

    #[test]
    fn the_later_layer_wins() {
        let mut layers = from_file("listen = \"a\"\ndata = \"f\"\nworkers = 3").expect("fine");
        layers.environment([("DUGRI_LISTEN".to_owned(), "b".to_owned())], &mut |_| {});
        assert_eq!(layers.get("listen").expect("given").text, "b");
        layers.flag("listen", "--listen", Some(&"c".to_owned()));
        layers.flag("data", "--data", None);
        assert_eq!(layers.get("listen").expect("given").from, "--listen");
        assert_eq!(layers.get("data").expect("given").text, "f");
        assert_eq!(layers.get("workers").expect("given").text, "3");
        assert_eq!(layers.get("database"), None);
    }

    #[test]
    fn tables_and_lists_are_read() {
        let layers =
            from_file("trusted_proxies = [\"::1\", \"10.0.0.0/8\"]\n[s3]\nbucket = \"b\"").expect("fine");
        assert_eq!(
            layers.get("trusted_proxies").expect("given").text,
            "::1,10.0.0.0/8"
        );
        assert_eq!(layers.get("s3.bucket").expect("given").text, "b");
    }

    #[test]
    fn what_is_no_setting_is_refused_with_the_nearest_name() {
        let refused = from_file("lisen = \"a\"").expect_err("refused");
        assert!(
            refused.contains("lisen") && refused.contains("listen was probably meant"),
            "{refused}"
        );
        let refused = from_file("[s3]\nbuket = \"a\"").expect_err("refused");
        assert!(refused.contains("s3.bucket was probably meant"), "{refused}");
        let refused = from_file("something_else_entirely = 1").expect_err("refused");
        assert!(refused.contains("dugri --help"), "{refused}");
        assert!(
            from_file("listen = true")
                .expect_err("refused")
                .contains("must be a text")
        );
        assert!(from_file("listen = ").expect_err("refused").contains("no TOML"));
    }

    #[test]
    fn a_strange_name_in_the_environment_is_told() {
        let mut told = Vec::new();
        let variables = [
            ("DUGRI_LISTN".to_owned(), "x".to_owned()),
            ("PATH".to_owned(), "x".to_owned()),
        ];
        Layers::default().environment(variables, &mut |line| told.push(line));
        assert_eq!(told, ["DUGRI_LISTN is not a setting; DUGRI_LISTEN is"]);
    }
}
