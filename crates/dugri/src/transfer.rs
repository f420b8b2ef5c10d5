//! `dugri import` and `dugri export`: what became of every file goes to stdout, the sum to stderr.

use std::path::Path;

use anyhow::bail;
use dugri_app::archive::{self, How, Source};
use dugri_app::import::Outcome;
use dugri_app::{export, import};

use crate::config::Config;
use crate::failure::Refused;
use crate::open::{CommandApp, Missing};

/// `dugri import DIR`
pub fn import(config: &Config, folder: &Path, shift_to_now: bool) -> anyhow::Result<()> {
    if !folder.is_dir() {
        bail!(Refused(format!("{} is not a folder", folder.display())));
    }
    let open = CommandApp::open(config, Missing::Make)?;
    if archive::is_archive(folder) {
        return load(&open, folder, shift_to_now);
    }
    let Some(actor) = import::default_actor(&open.app)? else {
        bail!(Refused(
            "there is no site admin in whose name pages could be imported: add one with `dugri user add EMAIL --name N --admin`"
                .into()
        ));
    };
    let summary = import::import(&open.app, &actor, folder, &mut |line| {
        println!("{line}");
        if let Outcome::Failed(_) = line.outcome {
            eprintln!("dugri: {line}");
        }
    })?;
    eprintln!(
        "dugri: {} pages added, {} updated, {} unchanged, {} files skipped, {} failed",
        summary.added, summary.updated, summary.unchanged, summary.skipped, summary.failed
    );
    if summary.failed > 0 {
        bail!("{} files could not be imported", summary.failed);
    }
    Ok(())
}

fn load(open: &CommandApp, folder: &Path, shift_to_now: bool) -> anyhow::Result<()> {
    let how = How {
        shift_to: shift_to_now.then(|| open.app.now()),
        password_hash: None,
    };
    let loaded = archive::load(&open.app, &Source::Folder(folder.to_owned()), &how)?;
    eprintln!(
        "dugri: loaded {}: {} people, {} spaces, {} topics, {} pages with {} revisions, {} reports, {} files",
        loaded.company,
        loaded.people,
        loaded.spaces,
        loaded.topics,
        loaded.pages,
        loaded.revisions,
        loaded.reports,
        loaded.files
    );
    Ok(())
}

/// `dugri export DIR`
pub fn export(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let open = CommandApp::open(config, Missing::Refuse)?;
    let exported = export::export(&open.app, folder, &mut |path| println!("{path}"))?;
    eprintln!(
        "dugri: {} pages exported, {} of them as they were imported, and {} files; {} drafts have no published text",
        exported.pages, exported.as_imported, exported.files, exported.drafts_left_out
    );
    Ok(())
}
