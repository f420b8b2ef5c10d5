//! Requests into use cases: each handler is a few lines, reads its input, calls one use case, shows one view.

pub mod audit;
pub mod blame;
pub mod changes;
pub mod drafts;
pub mod edit;
pub mod files;
pub mod groups;
pub mod handover;
pub mod health;
pub mod homes;
pub mod intel;
pub mod invitations;
pub mod joins;
pub mod lists;
pub mod me;
pub mod mine;
pub mod pages;
pub mod people;
pub mod preferences;
pub mod revisions;
pub mod search;
pub mod sessions;
pub mod spaces;
pub mod steps;
pub mod triage;
