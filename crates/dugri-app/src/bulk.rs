//! People by the table: the list to take away, and a table that adds and changes them, with a dry run that writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use dugri_core::{Event, GroupId, PersonId};
use dugri_store::groups::GroupRow;
use dugri_store::people::{self as store, About, NewPerson, PersonRow};
use dugri_store::{Db, Tx, groups};

use crate::people::{self, PersonInput};
use crate::{Actor, App, By, Error, FieldError, csv};

/// The columns, of which `email` must be there. A cell that is not there leaves what is known.
const COLUMNS: [&str; 11] = [
    "email",
    "name",
    "name_he",
    "title",
    "title_he",
    "organisation",
    "phone",
    "expertise",
    "language",
    "outsider",
    "groups",
];
/// The most rows of a table.
const ROWS_MAX: usize = 5_000;
/// The largest table in bytes.
const BYTES_MAX: usize = 2 << 20;

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Adds a person.
    Adds,
    /// Changes one.
    Changes,
    /// Nothing: all of it is so already.
    Nothing,
}

/// What a row of the table says.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number, from 1 below the head.
    pub number: usize,
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// What it does.
    pub does: Does,
    /// The groups that the person joins.
    pub joins: Vec<String>,
    /// What is wrong with it.
    pub wrong: Vec<FieldError>,
}

/// What a table says.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Columns that say nothing here.
    pub ignored: Vec<String>,
}

impl Plan {
    /// Whether every row can be done.
    pub fn is_good(&self) -> bool {
        self.rows.iter().all(|row| row.wrong.is_empty())
    }
}

/// The list of people as a table, as [`plan`] reads it, with rights and state besides.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no admin.
pub fn export(app: &App, actor: &Actor) -> Result<Vec<u8>, Error> {
    let mut table = csv::Writer::new(&[&COLUMNS[..], &["admin", "active"]].concat());
    for line in people::list(app, actor)? {
        let person = &line.person;
        let groups: Vec<&str> = line.groups.iter().map(|group| group.slug.as_str()).collect();
        let word = |yes: bool| if yes { "yes" } else { "no" };
        table.row(&[
            &person.email,
            &person.name,
            person.name_he.as_deref().unwrap_or_default(),
            &person.title,
            person.title_he.as_deref().unwrap_or_default(),
            person.organisation.as_deref().unwrap_or_default(),
            person.phone.as_deref().unwrap_or_default(),
            person.expertise.as_deref().unwrap_or_default(),
            person.language.as_str(),
            word(person.outsider),
            &groups.join(" "),
            word(person.admin),
            word(person.active),
        ])?;
    }
    table.finish()
}

/// Says what a table would do, and does nothing.
///
/// # Errors
/// [`Error::Invalid`] for what is no table of people, [`Error::NotFound`] for whoever is no admin.
pub fn plan(app: &App, actor: &Actor, text: &str) -> Result<Plan, Error> {
    By::Person(actor).administers()?;
    let table = read(text)?;
    crate::pages::in_read(app, |db| Ok(planned(db, &table)?.0))
}

/// Does what a table says, all of it or nothing. Invitations are made one by one, on the list of people.
///
/// # Errors
/// As [`plan`], and [`Error::Invalid`] when a row is wrong.
pub fn run(app: &App, actor: &Actor, text: &str) -> Result<Plan, Error> {
    By::Person(actor).administers()?;
    let table = read(text)?;
    let (now, by) = (app.now(), Some(actor.person()));
    app.store().write(move |tx: &mut Tx| {
        let (plan, steps) = planned(tx, &table)?;
        if !plan.is_good() {
            return Err(Error::field("table", "error-table-rows"));
        }
        let mut quiet = true;
        for step in steps {
            let person = match step.what {
                What::Add(new) => {
                    let person = store::add(tx, now, &new)?;
                    tx.record(by, now, Event::PersonAdded { person })?;
                    quiet = false;
                    person
                }
                What::Change(person, about) => {
                    store::set_about(tx, person, &about)?;
                    tx.record(by, now, Event::PersonChanged { person })?;
                    quiet = false;
                    person
                }
                What::Keep(person) => person,
            };
            for group in step.joins {
                if groups::join(tx, group, person)? {
                    tx.record(by, now, Event::MemberAdded { group, person })?;
                    quiet = false;
                }
            }
        }
        if quiet {
            tx.unchanged();
        }
        Ok(plan)
    })
}

enum What {
    Add(Box<NewPerson>),
    Change(PersonId, Box<About>),
    Keep(PersonId),
}

struct Step {
    what: What,
    joins: Vec<GroupId>,
}

type Cells = BTreeMap<String, String>;

fn read(text: &str) -> Result<Vec<Cells>, Error> {
    if text.len() > BYTES_MAX {
        let wrong = FieldError::new("table", "error-too-large").with("max", BYTES_MAX);
        return Err(Error::Invalid(vec![wrong]));
    }
    let rows = csv::read(text).map_err(|line| {
        Error::Invalid(vec![
            FieldError::new("table", "error-table-line").with("line", line),
        ])
    })?;
    if rows.is_empty() || !rows.iter().all(|row| row.contains_key("email")) {
        return Err(Error::field("table", "error-table-email"));
    }
    if rows.len() > ROWS_MAX {
        let wrong = FieldError::new("table", "error-too-many").with("max", ROWS_MAX);
        return Err(Error::Invalid(vec![wrong]));
    }
    Ok(rows)
}

fn planned(db: &mut Db, table: &[Cells]) -> Result<(Plan, Vec<Step>), Error> {
    let groups = Groups::read(db)?;
    let mut seen = BTreeSet::new();
    let (mut plan, mut steps) = (Plan::default(), Vec::new());
    if let Some(first) = table.first() {
        let ignored = first.keys().filter(|column| !COLUMNS.contains(&column.as_str()));
        plan.ignored = ignored.cloned().collect();
    }
    for (cells, number) in table.iter().zip(1..) {
        let folded = dugri_core::people::fold_email(&cells["email"]);
        let before = store::find_unfiltered(db, &folded)?;
        let mut wrong = Vec::new();
        if !seen.insert(folded) {
            wrong.push(FieldError::new("email", "error-table-twice"));
        }
        let input = merged(cells, before.as_ref(), &mut wrong);
        let joins = groups.joined(cells, before.as_ref(), &mut wrong);
        let is_known = before.is_some();
        let what = match (input.parse(), before) {
            (Ok(new), None) => Some(What::Add(Box::new(new))),
            (Ok(new), Some(row)) if row.about() == new.about => Some(What::Keep(row.id)),
            (Ok(new), Some(row)) => Some(What::Change(row.id, Box::new(new.about))),
            (Err(Error::Invalid(fields)), _) => {
                wrong.extend(fields);
                None
            }
            (Err(error), _) => return Err(error),
        };
        plan.rows.push(Row {
            number,
            email: input.email,
            name: input.name,
            does: match what {
                _ if !is_known => Does::Adds,
                Some(What::Keep(_)) if joins.is_empty() => Does::Nothing,
                _ => Does::Changes,
            },
            joins: joins.iter().map(|(_, name)| (*name).to_owned()).collect(),
            wrong,
        });
        steps.extend(what.map(|what| Step {
            what,
            joins: joins.into_iter().map(|(group, _)| group).collect(),
        }));
    }
    Ok((plan, steps))
}

/// The groups by slug and by name, and who is in which.
struct Groups {
    known: BTreeMap<String, GroupId>,
    members: BTreeSet<(GroupId, PersonId)>,
}

impl Groups {
    fn read(db: &mut Db) -> Result<Groups, Error> {
        let both = |group: GroupRow| [(group.slug, group.id), (group.name.to_lowercase(), group.id)];
        Ok(Groups {
            known: groups::list_unfiltered(db)?.into_iter().flat_map(both).collect(),
            members: groups::members_unfiltered(db)?
                .into_iter()
                .map(|(group, person)| (group, person.id))
                .collect(),
        })
    }

    /// The groups that a row lets its person join, with what they are called there: slugs between spaces, or names
    /// between bars.
    fn joined<'a>(
        &self,
        cells: &'a Cells,
        person: Option<&PersonRow>,
        wrong: &mut Vec<FieldError>,
    ) -> Vec<(GroupId, &'a str)> {
        let cell = cells.get("groups").map(String::as_str).unwrap_or_default();
        let between = if cell.contains('|') { '|' } else { ' ' };
        let mut joins = Vec::new();
        for name in cell.split(between).map(str::trim).filter(|name| !name.is_empty()) {
            match self.known.get(&name.to_lowercase()) {
                Some(group) if person.is_some_and(|row| self.members.contains(&(*group, row.id))) => {}
                Some(group) => joins.push((*group, name)),
                None => wrong.push(FieldError::new("groups", "error-unknown-group").with("group", name)),
            }
        }
        joins
    }
}

fn merged(cells: &Cells, before: Option<&PersonRow>, wrong: &mut Vec<FieldError>) -> PersonInput {
    let cell = |column: &str, known: Option<&str>| {
        cells
            .get(column)
            .map_or_else(|| known.unwrap_or_default().to_owned(), Clone::clone)
    };
    let outsider = match cells.get("outsider").map(|word| word.to_lowercase()) {
        None => before.is_some_and(|row| row.outsider),
        Some(word) => match word.as_str() {
            "yes" | "true" | "1" | "כן" => true,
            "" | "no" | "false" | "0" | "לא" => false,
            _ => {
                wrong.push(FieldError::new("outsider", "error-unknown"));
                false
            }
        },
    };
    PersonInput {
        email: cells["email"].clone(),
        name: cell("name", before.map(|row| row.name.as_str())),
        name_he: cell("name_he", before.and_then(|row| row.name_he.as_deref())),
        title: cell("title", before.map(|row| row.title.as_str())),
        title_he: cell("title_he", before.and_then(|row| row.title_he.as_deref())),
        organisation: cell("organisation", before.and_then(|row| row.organisation.as_deref())),
        phone: cell("phone", before.and_then(|row| row.phone.as_deref())),
        expertise: cell("expertise", before.and_then(|row| row.expertise.as_deref())),
        language: cell("language", before.map(|row| row.language.as_str())),
        outsider,
        admin: before.is_some_and(|row| row.admin),
    }
}
