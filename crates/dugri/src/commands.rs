//! People, groups, spaces, roles and tokens at the command line, in the operator's name. No command asks anything.

use std::io::BufRead as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use dugri_app::aliases::{self, Line};
use dugri_app::groups::GroupInput;
use dugri_app::people::PersonInput;
use dugri_app::read_only::{self, ReadOnly};
use dugri_app::spaces::{Holder, SpaceInput};
use dugri_app::tokens::{Scopes, TokenInput};
use dugri_app::{
    App, By, Error as AppError, FieldError, groups, invitations, people, redirects, spaces, tokens,
};
use dugri_core::{PersonId, PublicId, Role};

use crate::cli::{Alias, Group, Member, Space, Token, User};
use crate::config::Config;
use crate::failure::Refused;
use crate::open::{CommandApp, Missing};

/// `dugri user …`
pub fn user(config: &Config, command: &User) -> anyhow::Result<()> {
    match command {
        User::Add {
            email,
            name,
            name_he,
            title,
            language,
            outsider,
            admin,
            password_stdin,
        } => {
            let input = PersonInput {
                email: email.clone(),
                name: name.clone(),
                name_he: name_he.clone(),
                title: title.clone(),
                organisation: outsider.clone().unwrap_or_default(),
                outsider: outsider.is_some(),
                language: language.clone(),
                admin: *admin,
                ..PersonInput::default()
            };
            // Before anything is opened: a script that forgot the password should leave nothing behind.
            let password = password_stdin.then(read_password).transpose()?;
            let open = CommandApp::open(config, Missing::Make)?;
            match password {
                Some(password) => {
                    people::add(&open.app, By::Operator, &input, Some(&password))?;
                }
                None => {
                    let (_, link) = people::invite(&open.app, By::Operator, &input)?;
                    println!("{}", link.address);
                }
            }
            eprintln!("dugri: added {email}");
        }
        User::Link { email } => {
            let open = CommandApp::open(config, Missing::Refuse)?;
            let person = person(&open.app, email)?;
            println!("{}", invitations::make(&open.app, By::Operator, person)?.address);
        }
        User::Deactivate { email } => set_active(config, email, false)?,
        User::Activate { email } => set_active(config, email, true)?,
    }
    Ok(())
}

fn set_active(config: &Config, email: &str, active: bool) -> anyhow::Result<()> {
    let open = CommandApp::open(config, Missing::Refuse)?;
    let person = person(&open.app, email)?;
    match people::set_active(&open.app, By::Operator, person, active) {
        Err(AppError::Conflict(_)) => {
            bail!(Refused(format!(
                "{email} is the last site admin: make another one first"
            )))
        }
        done => Ok(done?),
    }
}

/// The first line of stdin without its end.
fn read_password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .context("the password can't be read from stdin")?;
    let password = line.strip_suffix('\n').unwrap_or(&line);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if password.is_empty() {
        bail!(Refused("there is no password on stdin".into()));
    }
    Ok(password.to_owned())
}

fn person(app: &App, email: &str) -> anyhow::Result<PersonId> {
    match people::find(app, By::Operator, email) {
        Ok(person) => Ok(person.id),
        Err(AppError::NotFound) => bail!(Refused(format!("there is nobody with the address {email}"))),
        Err(error) => Err(error.into()),
    }
}

fn group_id(app: &App, slug: &str) -> anyhow::Result<dugri_core::GroupId> {
    match groups::find(app, By::Operator, slug) {
        Ok(group) => Ok(group.id),
        Err(AppError::NotFound) => bail!(Refused(format!("there is no group {slug}"))),
        Err(error) => Err(error.into()),
    }
}

/// `dugri group …`
pub fn group(config: &Config, command: &Group) -> anyhow::Result<()> {
    match command {
        Group::Add {
            slug,
            name,
            name_he,
            kind,
        } => {
            let open = CommandApp::open(config, Missing::Make)?;
            let input = GroupInput {
                slug: slug.clone(),
                name: name.clone(),
                name_he: name_he.clone(),
                kind: kind.clone(),
            };
            groups::add(&open.app, By::Operator, &input)?;
        }
        Group::Member { group, email, remove } => {
            let open = CommandApp::open(config, Missing::Refuse)?;
            let (id, person) = (group_id(&open.app, group)?, person(&open.app, email)?);
            if !*remove {
                groups::join(&open.app, By::Operator, id, person)?;
                return Ok(());
            }
            match groups::leave(&open.app, By::Operator, id, person) {
                Err(AppError::NotFound) => bail!(Refused(format!("{email} is not in the group {group}"))),
                done => done?,
            }
        }
    }
    Ok(())
}

/// `dugri space …`
pub fn space(config: &Config, command: &Space) -> anyhow::Result<()> {
    let Space::Add {
        slug,
        name,
        name_he,
        description,
        policy,
        language,
        icon,
        inbox,
    } = command;
    let open = CommandApp::open(config, Missing::Make)?;
    let input = SpaceInput {
        slug: slug.clone(),
        name: name.clone(),
        name_he: name_he.clone(),
        description: description.clone(),
        description_he: String::new(),
        policy: policy.clone(),
        language: language.clone(),
        icon: icon.clone(),
    };
    spaces::add(&open.app, By::Operator, &input)?;
    if *inbox {
        spaces::set_inbox(&open.app, By::Operator, slug)?;
    }
    Ok(())
}

/// `dugri member …`
pub fn member(config: &Config, command: &Member) -> anyhow::Result<()> {
    let Member::Set {
        who,
        space,
        role,
        group,
    } = command;
    let role = match role.as_str() {
        "none" => None,
        word => Some(word.parse::<Role>().map_err(|_| {
            let words: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
            Refused(format!(
                "{word} is not a role: choose from {}, none",
                words.join(", ")
            ))
        })?),
    };
    let open = CommandApp::open(config, Missing::Refuse)?;
    let holder = if *group {
        Holder::Group(group_id(&open.app, who)?)
    } else {
        Holder::Person(person(&open.app, who)?)
    };
    match spaces::set_role(&open.app, By::Operator, space, holder, role) {
        Err(AppError::NotFound) => bail!(Refused(format!("there is no space {space}"))),
        done => Ok(done?),
    }
}

/// `dugri token …`
pub fn token(config: &Config, command: &Token) -> anyhow::Result<()> {
    let Token::New {
        user,
        scopes,
        name,
        days,
    } = command;
    let scopes: Scopes = scopes
        .parse()
        .map_err(|error| Refused(format!("--scopes: {error}; choose from read, write, intel")))?;
    let open = CommandApp::open(config, Missing::Refuse)?;
    let person = person(&open.app, user)?;
    let input = TokenInput {
        name: name.clone(),
        scopes,
        days: *days,
    };
    println!(
        "{}",
        tokens::make(&open.app, By::Operator, person, input)?.reveal()
    );
    Ok(())
}

/// `dugri read-only …`
pub fn read_only(config: &Config, switch: Option<&str>, reason: &str) -> anyhow::Result<()> {
    let open = CommandApp::open(config, Missing::Refuse)?;
    match switch {
        Some(switch) => {
            let on = switch == "on";
            read_only::keep(&open.app, By::Operator, on.then_some(reason))?;
            eprintln!(
                "dugri: {}",
                if on {
                    "read-only: nothing can be saved"
                } else {
                    "people can write"
                }
            );
        }
        None => match read_only::state(&open.app)? {
            Some(ReadOnly::Kept(kept)) => println!("on since {} {}", kept.since.to_rfc3339(), kept.reason),
            Some(ReadOnly::Disk(trouble)) => println!("off, but the disk refuses: {trouble}"),
            None => println!("off"),
        },
    }
    Ok(())
}

/// `dugri alias …`
pub fn alias(config: &Config, command: &Alias) -> anyhow::Result<()> {
    match command {
        Alias::Import { file } => {
            let text = std::fs::read_to_string(file)
                .map_err(|error| Refused(format!("{} can't be read: {error}", file.display())))?;
            let open = CommandApp::open(config, Missing::Refuse)?;
            let done = match aliases::import(&open.app, By::Operator, &text) {
                Err(AppError::Invalid(wrong)) => bail!(Refused(unread(file, &wrong))),
                done => done?,
            };
            for (words, became) in done {
                let became = match became {
                    Line::Added => "added",
                    Line::Joined => "joined",
                    Line::Known => "known",
                };
                println!("{became}\t{}", words.join("\t"));
            }
        }
        Alias::List => {
            let open = CommandApp::open(config, Missing::Refuse)?;
            for words in aliases::list(&open.app)? {
                println!("{}", words.join("\t"));
            }
        }
    }
    Ok(())
}

/// Why a file of aliases was not taken.
fn unread(file: &Path, wrong: &[FieldError]) -> String {
    let line = wrong.iter().find(|wrong| wrong.code == "error-alias-line");
    match line.and_then(|wrong| wrong.args.first()) {
        Some((_, line)) => format!(
            "{}, line {line}: a group needs two words of at most 80 characters, with tabs between them",
            file.display()
        ),
        None => format!("{} has too many groups, or too many words in one", file.display()),
    }
}

/// `dugri redirect …`
pub fn redirect(config: &Config, path: &str, page: &str) -> anyhow::Result<()> {
    let open = CommandApp::open(config, Missing::Refuse)?;
    let missing = || {
        Refused(format!(
            "there is no page {page}: give its permanent id of eight characters"
        ))
    };
    let id = PublicId::parse(page).ok_or_else(missing)?;
    match redirects::put(&open.app, By::Operator, &id, path) {
        Err(AppError::NotFound) => bail!(missing()),
        Err(AppError::Invalid(_)) => bail!(Refused(format!(
            "{path} is no foreign path: it begins with a slash and is none of Dugri's own addresses"
        ))),
        done => Ok(done?),
    }
}
