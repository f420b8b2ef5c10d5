//! Screens: plain functions from values to `Markup`. No view asks for anything, decides a right or knows a request.

pub mod aliases;
pub mod api;
pub mod audit;
pub mod blame;
pub mod bulk;
pub mod changes;
pub mod command;
pub mod company;
pub mod conflict;
pub mod drafts;
pub mod edit;
pub mod feeds;
pub mod fields;
pub mod gaps;
pub mod groups;
pub mod handover;
pub mod history;
pub mod homes;
pub mod intel;
pub mod joins;
pub mod layout;
pub mod lists;
pub mod me;
mod menu;
mod page_mine;
mod page_side;
mod page_source;
pub mod pages;
pub mod parts;
pub mod people;
pub mod profile;
pub mod reach;
pub mod read_only;
pub mod relocate;
pub mod rename;
pub mod search;
pub mod searches;
pub mod signin;
pub mod steps;
pub mod texts;
pub mod topics;
pub mod watching;

#[cfg(test)]
mod samples;
