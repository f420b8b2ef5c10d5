//! The command line, with the help that teaches it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// How `--help` ends.
const AFTER: &str = "\
Examples:
  dugri demo                                     a whole company to look at, in ./dugri-demo
  dugri serve --data /var/lib/dugri              begin here; the first visitor sets it up
  dugri serve --data d --listen 127.0.0.1:0      a free port, printed as an address
  echo \"$PASSWORD\" | dugri user add noa@acme.example --name Noa --admin --password-stdin --data d
  dugri space add pricing --name Pricing --policy reviewed --data d
  dugri member set noa@acme.example pricing publisher --data d
  dugri token new --user noa@acme.example --scopes read,intel --data d
  dugri import ./wiki --data d

Settings are read from dugri.toml, then from the environment, then from flags; the later one wins:
  data              DUGRI_DATA              --data      the folder that holds everything
  database          DUGRI_DATABASE          --database  postgres://USER@HOST/NAME; else a file in the folder
  listen            DUGRI_LISTEN            --listen    ADDR:PORT, 127.0.0.1:8080 by itself
  base_url          DUGRI_BASE_URL          --base-url  https://wiki.acme.example, as people reach it
  trusted_proxies   DUGRI_TRUSTED_PROXIES               whose X-Forwarded-For is believed: 10.0.0.0/8, ::1
  session_key       DUGRI_SESSION_KEY                   64 hexadecimal digits; else made and kept in the database
  file_bytes_max    DUGRI_FILE_BYTES_MAX                the largest attachment, 52428800 by itself
  workers           DUGRI_WORKERS                       threads that answer, one per core by itself
  log               DUGRI_LOG                           what is logged: error, warn, info, debug, or per module
  log_format        DUGRI_LOG_FORMAT                    text or json
  s3.bucket         DUGRI_S3_BUCKET                     attachments in an S3-compatible store, with
  s3.endpoint, s3.region, s3.access_key, s3.secret_key  (DUGRI_S3_ENDPOINT, …)

Data goes to stdout, talk to stderr. Exit codes: 0 done; 1 failed, or a part of it; 2 the command line is wrong, or
asks for what can't be; 3 the configuration, the folder or the database is not in order; 4 the database or the disk is
not available just now.";

/// Dugri: one truth for marketing and sales.
#[derive(Debug, Parser)]
#[command(name = "dugri", version, about, after_help = AFTER, max_term_width = 120)]
pub struct Cli {
    /// Settings that every command takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Settings that every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// The configuration; ./dugri.toml when there is one
    #[arg(long, global = true, value_name = "FILE", env = "DUGRI_CONFIG")]
    pub config: Option<PathBuf>,
    /// The folder that holds database, attachments and index
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<String>,
    /// postgres://USER@HOST/NAME, instead of a file in the folder
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub database: Option<String>,
    /// The address under which people reach it
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server until it is told to stop
    ///
    /// Prints its address. A new or empty folder becomes a new installation, which the first visitor sets up at /setup.
    /// SIGTERM and SIGINT let running requests finish, then end it with exit code 0.
    Serve(Listen),
    /// Run the server with a whole demo company
    ///
    /// Prints the address and whom to sign in as. The folder is ./dugri-demo unless --data names another; what is there
    /// from an earlier start is used again.
    Demo(Listen),
    /// Add people and make links for them
    #[command(subcommand)]
    User(User),
    /// Add groups and put people into them
    #[command(subcommand)]
    Group(Group),
    /// Add spaces
    #[command(subcommand)]
    Space(Space),
    /// Give and take roles in spaces
    #[command(subcommand)]
    Member(Member),
    /// Make API tokens
    #[command(subcommand)]
    Token(Token),
    /// Tell search which words mean the same
    #[command(subcommand)]
    Alias(Alias),
    /// Import a folder: Markdown with front matter, or a Dugri archive
    ///
    /// A folder with an archive.toml is an archive and is loaded with people, history and reports. Any other folder is
    /// Markdown; what became of each file is printed. A page that was imported before and has changed becomes its next
    /// revision. Works beside a running server.
    Import {
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Move all times of an archive so that its present becomes now
        #[arg(long)]
        shift_to_now: bool,
    },
    /// Export all published pages as Markdown, with their attachments, into a new folder
    Export {
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Make the database, or bring it up to date
    ///
    /// Prints the names of the migrations that ran. The server must not run.
    Migrate,
    /// Keep Dugri read-only, or let it be written again
    ///
    /// Acts on running servers at once: people come in, read and search; whatever they save is answered that it can't be,
    /// and what they typed comes back. Without on or off it prints how it stands.
    #[command(name = "read-only")]
    ReadOnly {
        /// on or off
        #[arg(value_parser = ["on", "off"])]
        switch: Option<String>,
        /// What people are told
        #[arg(long, default_value = "", hide_default_value = true)]
        reason: String,
    },
    /// Let an address of an earlier wiki lead to a page
    ///
    /// The path, such as /wiki/XR-200, then answers 301 to wherever the page is, for ever.
    Redirect {
        /// The path, or the whole old address
        path: String,
        /// The permanent id of the page
        page: String,
    },
    /// Build the search index anew
    ///
    /// Asks a running server to do it, or does it itself.
    Reindex,
}

/// `dugri alias …`
#[derive(Debug, Subcommand)]
pub enum Alias {
    /// Read groups of words from a file: a group a line, tabs between its words, # before a remark
    ///
    /// Prints what became of each group: added, joined (one that has a word of it), known. All of it or nothing. Works
    /// beside a running server.
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Print all groups, as import reads them
    List,
}

/// Where a server listens.
#[derive(Debug, Args)]
pub struct Listen {
    /// ADDR:PORT; port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<String>,
}

/// People.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Add a person
    ///
    /// With --password-stdin the first line of stdin is the password. Otherwise a one-time link is printed, by which
    /// the person chooses one.
    Add {
        /// The address by which the person signs in
        email: String,
        /// The name
        #[arg(long)]
        name: String,
        /// The name in Hebrew
        #[arg(long, default_value = "", hide_default_value = true)]
        name_he: String,
        /// What the person does
        #[arg(long, default_value = "", hide_default_value = true)]
        title: String,
        /// The language of the interface: he or en
        #[arg(long, default_value = "en")]
        language: String,
        /// The company of somebody from outside
        #[arg(long, value_name = "COMPANY")]
        outsider: Option<String>,
        /// A site admin: manages people and every space
        #[arg(long)]
        admin: bool,
        /// Read the password from the first line of stdin
        #[arg(long)]
        password_stdin: bool,
    },
    /// Print a one-time link by which a person chooses a new password
    Link {
        /// The person's address
        email: String,
    },
    /// End all sessions of a person, who may no longer sign in
    Deactivate {
        /// The person's address
        email: String,
    },
    /// Let a person sign in again
    Activate {
        /// The person's address
        email: String,
    },
}

/// Groups.
#[derive(Debug, Subcommand)]
pub enum Group {
    /// Add a group
    Add {
        /// Its readable name: letters, digits, hyphens
        slug: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// Its name in Hebrew
        #[arg(long, default_value = "", hide_default_value = true)]
        name_he: String,
        /// team, department, branch, region or other
        #[arg(long, default_value = "team")]
        kind: String,
    },
    /// Put a person into a group, or take them out
    Member {
        /// The group's readable name
        group: String,
        /// The person's address
        email: String,
        /// Take them out
        #[arg(long)]
        remove: bool,
    },
}

/// Spaces.
#[derive(Debug, Subcommand)]
pub enum Space {
    /// Add a space
    Add {
        /// Its readable name in addresses: letters, digits, hyphens
        slug: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// Its name in Hebrew
        #[arg(long, default_value = "", hide_default_value = true)]
        name_he: String,
        /// What belongs there
        #[arg(long, default_value = "", hide_default_value = true)]
        description: String,
        /// open: saving publishes; reviewed: a publisher approves
        #[arg(long, default_value = "open")]
        policy: String,
        /// The language of new pages: he or en
        #[arg(long, default_value = "en")]
        language: String,
        /// The name of its icon
        #[arg(long, default_value = "folder")]
        icon: String,
        /// Reports from the field that no rule sends elsewhere come here
        #[arg(long)]
        inbox: bool,
    },
}

/// Roles.
#[derive(Debug, Subcommand)]
pub enum Member {
    /// Give a person (or, with --group, a group) a role in a space
    Set {
        /// The person's address, or the group's readable name
        who: String,
        /// The space's readable name
        space: String,
        /// submit-only, reader, contributor, editor, publisher, manager; none takes the role
        role: String,
        /// WHO is a group
        #[arg(long)]
        group: bool,
    },
}

/// Tokens.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token for a program, and print it: it is not shown again
    New {
        /// The address of the person whose rights it has
        #[arg(long, value_name = "EMAIL")]
        user: String,
        /// What it may be used for: any of read, write, intel
        #[arg(long, value_name = "SCOPES")]
        scopes: String,
        /// What it is for
        #[arg(long, default_value = "made at the command line")]
        name: String,
        /// How many days it lasts; for ever without
        #[arg(long)]
        days: Option<i64>,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }

    #[test]
    fn the_help_names_every_setting_and_code() {
        for layer in crate::layers::SETTINGS {
            let name = layer.name.strip_prefix("s3.").unwrap_or(layer.name);
            assert!(super::AFTER.contains(name), "{name}");
        }
    }
}
