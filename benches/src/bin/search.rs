//! Search beside SQLite FTS5 on the same pages in the same run: time to index, size, memory, time of an answer, and how
//! soon a published page is found.
//!
//! `cargo build --release -p dugri-benches --bin search && target/release/search [PAGES…]`
//!
//! Everything is asked with the rights of somebody who may read 3 of 50 spaces. FTS5 gets the same words as it can take
//! them: all of them for words, any of them for a question, a star for a beginning; typing mistakes it can't take. It
//! gives the best twenty and their number, as Dugri does, which stems, ranks by state and counts facets besides.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dugri_app::followers::Followers;
use dugri_app::pages::save::PageText;
use dugri_benches::corpus::{Chance, Corpus, Page, SPACES};
use dugri_benches::fts5::Fts5;
use dugri_benches::process::own_memory_bytes;
use dugri_benches::quantile;
use dugri_benches::site::{Anything, Site};
use dugri_core::pages::State;
use dugri_core::{Language, PageId, PersonId, Role, SpaceId};
use dugri_search::{
    Aliases, Change, Document, Eyes, Filters, Index, PageDocument, Query, Reader, Request, TopicNames,
};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// Pages of one commit while the index is built, as the follower takes them.
const CHUNK: usize = 500;
/// Questions of each kind, each asked once.
const QUESTIONS: usize = 200;
const PUBLISHED: usize = 40;
const SEARCHES_PER_SECOND: u32 = 20;
/// The pages of the store have lower keys.
const FIRST_PAGE: i64 = 1 << 32;
const GOALS: &str = "goals: p95 20 ms at 10,000 pages, 50 ms at 100,000, growing slower than the pages; found within 1 s; \
                     index no larger than the text";

fn main() -> Result<(), Anything> {
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    if let [what, folder, pages] = arguments.as_slice() {
        let (folder, pages) = (PathBuf::from(folder), pages.parse()?);
        match what.as_str() {
            "make" => return make(&folder, pages),
            "ask" => return ask(&folder, pages),
            _ => {}
        }
    }
    let sizes: Vec<usize> = arguments.iter().map(|a| a.parse()).collect::<Result<_, _>>()?;
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let mut all: Vec<(usize, f64)> = Vec::new();
    for pages in sizes {
        let folder = tempfile::tempdir()?;
        // Processes of their own, so that memory is what asking takes.
        part("make", folder.path(), pages)?;
        let p95 = part("ask", folder.path(), pages)?.ok_or("the asking process said no p95")?;
        all.push((pages, p95));
    }
    for pair in all.windows(2) {
        let [(fewer, before), (more, after)] = pair else {
            continue;
        };
        println!(
            "search: {:.1} x the pages, {:.1} x the p95 ({before:.1} ms to {after:.1} ms)",
            *more as f64 / *fewer as f64,
            after / before
        );
    }
    println!("{GOALS}");
    Ok(())
}

/// Runs a part in a process of its own and passes on what it prints; gives the p95 that it names.
fn part(what: &str, folder: &Path, pages: usize) -> Result<Option<f64>, Anything> {
    let mut command = Command::new(env::current_exe()?);
    command.arg(what).arg(folder).arg(pages.to_string());
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().expect("the output was piped");
    let mut p95 = None;
    for line in BufReader::new(output).lines() {
        let line = line?;
        if let Some((_, rest)) = line.split_once("all: p95 ") {
            p95 = rest.split_whitespace().next().and_then(|n| n.parse().ok());
        }
        println!("{line}");
    }
    if !child.wait()?.success() {
        return Err(format!("{what} failed").into());
    }
    Ok(p95)
}

/// Puts the pages into both indexes.
fn make(folder: &Path, pages: usize) -> Result<(), Anything> {
    let corpus = Corpus::default();
    let index = Index::open(&folder.join("index"))?;
    let mut reference = Fts5::open(&folder.join("fts5.db"))?;
    let (mut ours, mut theirs, mut text) = (Duration::ZERO, Duration::ZERO, 0);
    for first in (0..pages).step_by(CHUNK) {
        let chunk: Vec<Page> = (first..pages.min(first + CHUNK))
            .map(|n| corpus.page(n))
            .collect();
        text += chunk.iter().map(Page::bytes).sum::<usize>();
        let changes = chunk.iter().map(|page| Change::Put(document(page))).collect();
        let started = Instant::now();
        index.load(changes)?;
        ours += started.elapsed();
        let started = Instant::now();
        reference.add(&chunk)?;
        theirs += started.elapsed();
    }
    let started = Instant::now();
    index.apply(Vec::new(), 0)?;
    // Closing waits for the segments that are being put together.
    drop(index);
    ours += started.elapsed();
    let started = Instant::now();
    reference.finish()?;
    theirs += started.elapsed();
    drop(reference);

    let size = folder_bytes(&folder.join("index"))?;
    let size_fts5 = folder.join("fts5.db").metadata()?.len();
    let share = |bytes: u64| bytes as f64 / text as f64;
    println!(
        "{pages} pages, {:.1} MB of text in {SPACES} spaces",
        text as f64 / 1e6
    );
    println!(
        "  indexed in {:.2} s, {:.0} pages/s   FTS5 {:.2} s",
        ours.as_secs_f64(),
        pages as f64 / ours.as_secs_f64(),
        theirs.as_secs_f64()
    );
    println!(
        "  size {:.1} MB, {:.2} of the text   FTS5 {:.1} MB, {:.2}",
        size as f64 / 1e6,
        share(size),
        size_fts5 as f64 / 1e6,
        share(size_fts5)
    );
    Ok(())
}

fn folder_bytes(folder: &Path) -> Result<u64, Anything> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        bytes += match entry.file_type()?.is_dir() {
            true => folder_bytes(&entry.path())?,
            false => entry.metadata()?.len(),
        };
    }
    Ok(bytes)
}

fn document(page: &Page) -> Document {
    let spaces = [format!("Space {}", page.space), format!("מרחב {}", page.space)];
    let at = "2026-01-01T00:00:00Z".parse().expect("a time");
    Document::Page(Box::new(PageDocument {
        key: format!("p{}", page.number),
        page: PageId(FIRST_PAGE + page.number as i64),
        space: SpaceId(page.space as i64),
        min_role: Role::Reader,
        eyes: Eyes::All,
        from: at,
        until: None,
        title: page.title.clone(),
        key_message: page.key_message.clone(),
        headings: page.headings.clone(),
        blocks: page.blocks.clone(),
        fields: Vec::new(),
        files: Vec::new(),
        asked: Vec::new(),
        topics: page
            .topics
            .iter()
            .map(|(slug, names)| TopicNames {
                slug: slug.clone(),
                names: names.to_vec(),
            })
            .collect(),
        kind: "article".to_owned(),
        kind_labels: vec!["Article".to_owned(), "מאמר".to_owned()],
        space_names: spaces.to_vec(),
        language: if page.hebrew { Language::He } else { Language::En },
        state: if page.number.is_multiple_of(20) {
            State::Superseded
        } else {
            State::Current
        },
        owner: format!("Owner {}", page.number % 90),
        verified: page.number.is_multiple_of(3),
        views: page.number as u64 % 500,
        updated: at,
        slug: format!("page-{}", page.number),
        public_id: format!("id{:06}", page.number),
    }))
}

/// One question, for both.
struct Question {
    ours: String,
    typing: bool,
    theirs: Option<String>,
}

/// Asks everything, and publishes while it is asked.
fn ask(folder: &Path, pages: usize) -> Result<(), Anything> {
    let corpus = Corpus::default();
    let kinds = questions(&corpus, pages);
    let before = own_memory_bytes()?;
    let started = Instant::now();
    let index = Index::open(&folder.join("index"))?;
    println!("  opened in {:.0} ms", started.elapsed().as_secs_f64() * 1e3);
    let mut reference = Fts5::open(&folder.join("fts5.db"))?;

    println!(
        "  {:<18} {:>8} {:>8} {:>8}   FTS5 {:>8} {:>8} {:>8}   ms",
        "", "p50", "p95", "p99", "p50", "p95", "p99"
    );
    let (mut all, mut all_theirs, mut worst) = (Vec::new(), Vec::new(), 0.0_f64);
    for (kind, questions) in &kinds {
        find(&index, &questions[0])?; // warms up
        let mut ours = Vec::new();
        for question in questions {
            ours.push(find(&index, question)?);
        }
        let mut theirs = Vec::new();
        for question in questions.iter().filter_map(|q| q.theirs.as_deref()) {
            let started = Instant::now();
            reference.find(question)?;
            theirs.push(started.elapsed().as_secs_f64() * 1e3);
        }
        let beside = if theirs.is_empty() {
            "       –".to_owned()
        } else {
            quantiles(&theirs)
        };
        println!("  {kind:<18} {}        {beside}", quantiles(&ours));
        worst = worst.max(quantile(&ours, 0.95));
        all.extend(ours);
        all_theirs.extend(theirs);
    }
    println!(
        "  all: p95 {:.2} ms, {:.2} of FTS5's {:.2} ms; the worst kind {worst:.2} ms; {} segments",
        quantile(&all, 0.95),
        quantile(&all, 0.95) / quantile(&all_theirs, 0.95),
        quantile(&all_theirs, 0.95),
        index.segments()
    );
    println!(
        "  memory {:.0} MB more than before",
        (own_memory_bytes()? - before) as f64 / 1e6
    );
    publish(folder, index, &kinds)
}

fn quantiles(times: &[f64]) -> String {
    let at = |share| quantile(times, share);
    format!("{:8.2} {:8.2} {:8.2}", at(0.5), at(0.95), at(0.99))
}

/// How long an answer takes, in milliseconds.
fn find(index: &Index, question: &Question) -> Result<f64, Anything> {
    let started = Instant::now();
    let reader = reader();
    let request = Request {
        query: Query::parse(&question.ours),
        aliases: &Aliases::default(),
        reader: &reader,
        filters: Filters::default(),
        limit: 20,
        offset: 0,
        explain: false,
    };
    let found = if question.typing {
        index.suggest(&request)?
    } else {
        index.find(&request)?
    };
    let took = started.elapsed().as_secs_f64() * 1e3;
    assert!(found.hits.len() <= 20, "no more than asked for");
    Ok(took)
}

fn reader() -> Reader {
    Reader {
        person: PersonId(1),
        outsider: false,
        now: chrono::Utc::now(),
        spaces: (1..=3).map(|space| (SpaceId(space), Role::Reader)).collect(),
    }
}

/// Questions by kind, made of what stands on pages that the reader may read.
fn questions(corpus: &Corpus, pages: usize) -> Vec<(&'static str, Vec<Question>)> {
    let mut chance = Chance::new(11);
    let mut kind = |name, make: &dyn Fn(&[&str], &mut Chance) -> Question| {
        let made = (0..QUESTIONS).map(|_| {
            let page = corpus.page(chance.below(pages / SPACES) * SPACES + chance.below(3));
            let block = &page.blocks[chance.below(page.blocks.len())];
            let words: Vec<&str> = block.split(' ').collect();
            let at = chance.below(words.len() - 8);
            make(&words[at..at + 8], &mut chance)
        });
        (name, made.collect::<Vec<_>>())
    };
    let mut kinds = vec![
        kind("a word", &|words, _| all_of(&words[..1])),
        kind("two words", &|words, _| all_of(&[words[0], words[4]])),
        kind("a phrase", &|words, _| {
            let phrase = format!("\"{} {}\"", words[0], words[1]);
            Question {
                ours: phrase.clone(),
                typing: false,
                theirs: Some(phrase),
            }
        }),
        kind("a beginning", &|words, chance| {
            let letters: String = words[0].chars().take(2 + chance.below(3)).collect();
            Question {
                theirs: Some(format!("\"{letters}\"*")),
                ours: letters,
                typing: true,
            }
        }),
        kind("a typing mistake", &|words, _| {
            let longest = words
                .iter()
                .max_by_key(|w| w.chars().count())
                .expect("eight words");
            let mut letters: Vec<char> = longest.chars().collect();
            let last = letters.len() - 1;
            letters.swap(last, last.max(2) - 1);
            Question {
                ours: letters.into_iter().collect(),
                typing: false,
                theirs: None,
            }
        }),
        kind("a question", &|words, _| {
            let asked = if words[0].is_ascii() {
                "how do we answer"
            } else {
                "מה עונים ללקוח על"
            };
            let any: Vec<String> = asked
                .split(' ')
                .chain(words.iter().copied())
                .map(quoted)
                .collect();
            Question {
                ours: format!("{asked} {}?", words.join(" ")),
                typing: false,
                theirs: Some(any.join(" OR ")),
            }
        }),
    ];
    let commonest = corpus.commonest().into_iter().cycle().take(QUESTIONS);
    kinds.push((
        "the commonest word",
        commonest.map(|word| all_of(&[word])).collect(),
    ));
    kinds
}

fn all_of(words: &[&str]) -> Question {
    let theirs: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    Question {
        ours: words.join(" "),
        typing: false,
        theirs: Some(theirs.join(" ")),
    }
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// From the press on 'publish' until the page is found, while others search.
fn publish(folder: &Path, index: Index, kinds: &[(&str, Vec<Question>)]) -> Result<(), Anything> {
    let site = Site::new(folder, index)?;
    let _followers = Followers::start(&site.app)?;
    let stop = AtomicBool::new(false);
    let (found, searches) = thread::scope(|scope| {
        let searching = scope.spawn(|| search_on(site.app.index(), kinds, &stop));
        let found = (0..PUBLISHED)
            .map(|n| until_found(&site, n))
            .collect::<Result<Vec<f64>, _>>();
        stop.store(true, Ordering::Relaxed);
        (found, searching.join().expect("a search does not panic"))
    });
    let (found, searches) = (found?, searches?);
    println!(
        "  published and found: p50 {:.0} ms, p95 {:.0} ms, while {SEARCHES_PER_SECOND} searches a second take p95 {:.1} ms; \
         {} segments",
        quantile(&found, 0.5),
        quantile(&found, 0.95),
        quantile(&searches, 0.95),
        site.app.index().segments()
    );
    Ok(())
}

fn search_on(
    index: &Index,
    kinds: &[(&str, Vec<Question>)],
    stop: &AtomicBool,
) -> Result<Vec<f64>, Anything> {
    let pause = Duration::from_secs(1) / SEARCHES_PER_SECOND;
    let mut times = Vec::new();
    let mut next = Instant::now();
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let (_, questions) = &kinds[n % kinds.len()];
        times.push(find(index, &questions[n / kinds.len() % questions.len()])?);
        next += pause;
        thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    Ok(times)
}

/// How long it takes until a new page is found, in milliseconds.
fn until_found(site: &Site, n: usize) -> Result<f64, Anything> {
    let word = format!("newcomer{}", (b'a' + (n / 26) as u8) as char).to_owned()
        + &((b'a' + (n % 26) as u8) as char).to_string();
    let text = PageText {
        title: format!("The page of {word}"),
        body: "It measures level in foam, חיישן גובה בקצף.\n\n".repeat(30),
        ..PageText::default()
    };
    let question = Question {
        ours: format!("+{word}"),
        typing: false,
        theirs: None,
    };
    let started = Instant::now();
    site.publish(text)?;
    loop {
        let reader = reader();
        let request = Request {
            query: Query::parse(&question.ours),
            aliases: &Aliases::default(),
            reader: &reader,
            filters: Filters::default(),
            limit: 1,
            offset: 0,
            explain: false,
        };
        let found = site.app.index().find(&request)?;
        if found.total == 1 && !found.relaxed && found.corrections.is_empty() {
            return Ok(started.elapsed().as_secs_f64() * 1e3);
        }
        if started.elapsed() > Duration::from_secs(30) {
            return Err("a published page is not found".into());
        }
        thread::sleep(Duration::from_millis(2));
    }
}
