//! The Dugri executable: configuration, subcommands, wiring. What Dugri can do stands in `dugri-app`.
//!
//! Data goes to stdout, talk to stderr, and the exit code says what a script needs to know ([`failure::Code`]).

mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod layers;
mod open;
mod serve;
mod transfer;

use std::process::ExitCode;

use clap::Parser as _;

use cli::{Cli, Command};
use config::Config;
use failure::Code;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dugri: {}", failure::sentence(&error));
            Code::of(&error).into()
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<()> {
    let config = Config::read(cli)?;
    config.start_log(matches!(cli.command, Command::Serve(_) | Command::Demo(_)));
    match &cli.command {
        Command::Serve(_) => serve::serve(&config),
        Command::Demo(_) => demo::demo(&config),
        Command::User(command) => commands::user(&config, command),
        Command::Group(command) => commands::group(&config, command),
        Command::Space(command) => commands::space(&config, command),
        Command::Member(command) => commands::member(&config, command),
        Command::Token(command) => commands::token(&config, command),
        Command::Alias(command) => commands::alias(&config, command),
        Command::Import { folder, shift_to_now } => transfer::import(&config, folder, *shift_to_now),
        Command::Export { folder } => transfer::export(&config, folder),
        Command::Migrate => open::migrate(&config),
        Command::ReadOnly { switch, reason } => commands::read_only(&config, switch.as_deref(), reason),
        Command::Redirect { path, page } => commands::redirect(&config, path, page),
        Command::Reindex => serve::reindex(&config),
    }
}
