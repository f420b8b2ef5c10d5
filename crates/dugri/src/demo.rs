//! `dugri demo`: a server with a whole company in it, for looking around.

use dugri_app::demo;

use crate::config::Config;
use crate::serve;

/// `dugri demo`
pub fn demo(config: &Config) -> anyhow::Result<()> {
    serve::run(config, |app, address| {
        match demo::prepare(app)? {
            Some(loaded) => eprintln!(
                "dugri: made the demo of {} in {}: {} pages with {} revisions, {} people, {} reports",
                loaded.company,
                config.data.display(),
                loaded.pages,
                loaded.revisions,
                loaded.people,
                loaded.reports
            ),
            None => eprintln!("dugri: using the demo in {} again", config.data.display()),
        }
        println!(
            "Open {address} and sign in. The password of everybody is {}",
            demo::PASSWORD
        );
        for sign_in in demo::sign_ins() {
            println!("  {:<28} {}", sign_in.email, sign_in.who);
        }
        Ok(())
    })
}
