//! The development set of search, scored: graded queries on a small corpus in two languages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use dugri_core::pages::State;
use dugri_core::words::Language;
use dugri_search::{Aliases, PageDocument, TopicNames};

use crate::cast::{Site, page, put, time};

/// A page of this grade or better is what was looked for.
const RELEVANT: u32 = 2;

#[test]
fn ranking_reaches_its_mark() {
    let with_aliases = score(true);
    let without = score(false);
    println!("{with_aliases}\nwithout aliases:\n{without}");
    assert!(with_aliases.all.ndcg >= 0.90, "{with_aliases}");
    assert!(without.all.ndcg >= 0.87, "{without}");
    assert_eq!(with_aliases.stale, 0, "{with_aliases}");
}

#[derive(Default, Clone, Copy)]
struct Sum {
    count: f64,
    ndcg: f64,
    mrr: f64,
    recall: f64,
    first: f64,
}

impl Sum {
    fn mean(self) -> Sum {
        Sum {
            count: self.count,
            ndcg: self.ndcg / self.count,
            mrr: self.mrr / self.count,
            recall: self.recall / self.count,
            first: self.first / self.count,
        }
    }
}

struct Score {
    all: Sum,
    categories: BTreeMap<String, Sum>,
    stale: usize,
    negatives: Vec<usize>,
    misses: Vec<(f64, String)>,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = [(&"ALL".to_owned(), &self.all)];
        for (name, s) in self.categories.iter().chain(all) {
            writeln!(
                f,
                "{name:<10} {:>3} nDCG {:.3} MRR {:.3} R {:.3} S@1 {:.3}",
                s.count, s.ndcg, s.mrr, s.recall, s.first
            )?;
        }
        writeln!(f, "negatives {:?} stale {}", self.negatives, self.stale)?;
        for (ndcg, query) in self.misses.iter().take(14) {
            writeln!(f, "  {ndcg:.2} {query}")?;
        }
        Ok(())
    }
}

fn score(with_aliases: bool) -> Score {
    let (site, stale_pages) = corpus(with_aliases);
    let grades = grades();
    let mut score = Score {
        all: Sum::default(),
        categories: BTreeMap::new(),
        stale: 0,
        negatives: Vec::new(),
        misses: Vec::new(),
    };
    for line in read("queries.tsv").lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (id, category, query) = (columns[0], columns[1], columns[3]);
        let found = site.keys(query);
        if category == "negative" {
            score.negatives.push(found.len());
            continue;
        }
        let grades = &grades[id];
        let one = judge(&found, grades);
        for sum in [
            &mut score.all,
            score.categories.entry(category.to_owned()).or_default(),
        ] {
            sum.count += 1.0;
            sum.ndcg += one.ndcg;
            sum.mrr += one.mrr;
            sum.recall += one.recall;
            sum.first += one.first;
        }
        score.stale += usize::from(is_stale(&found, grades, &stale_pages));
        let shown: Vec<String> = found
            .iter()
            .map(|k| format!("{k}:{}", grades.get(k).copied().unwrap_or_default()))
            .collect();
        score
            .misses
            .push((one.ndcg, format!("{id} {category} {query} {shown:?}")));
    }
    score.misses.sort_by(|a, b| a.0.total_cmp(&b.0));
    score.all = score.all.mean();
    score.categories.values_mut().for_each(|s| *s = s.mean());
    score
}

fn judge(found: &[String], grades: &HashMap<String, u32>) -> Sum {
    let gain = |grade: u32, rank: usize| (2f64.powi(grade as i32) - 1.0) / (rank as f64 + 2.0).log2();
    let grade = |key: &String| grades.get(key).copied().unwrap_or_default();
    let dcg: f64 = found.iter().enumerate().map(|(i, k)| gain(grade(k), i)).sum();
    let mut ideal: Vec<u32> = grades.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best: f64 = ideal.iter().take(10).enumerate().map(|(i, g)| gain(*g, i)).sum();
    let good = grades.values().filter(|g| **g >= RELEVANT).count();
    let hits = found.iter().filter(|k| grade(k) >= RELEVANT).count();
    let first = found.iter().position(|k| grade(k) >= RELEVANT);
    Sum {
        count: 1.0,
        ndcg: dcg / best,
        mrr: first.map_or(0.0, |i| 1.0 / (i as f64 + 1.0)),
        recall: hits as f64 / good.min(10) as f64,
        first: f64::from(u8::from(first == Some(0))),
    }
}

/// Whether a superseded page stands above every current one.
fn is_stale(found: &[String], grades: &HashMap<String, u32>, stale: &HashSet<String>) -> bool {
    let place = |wanted: &dyn Fn(&String, u32) -> bool| {
        let keys = grades.iter().filter(|(k, g)| wanted(k, **g));
        keys.map(|(k, _)| found.iter().position(|f| f == k).unwrap_or(99))
            .min()
    };
    let current = place(&|k, g| g >= RELEVANT && !stale.contains(k));
    let old = place(&|k, g| g >= 1 && stale.contains(k));
    matches!((current, old), (Some(current), Some(old)) if old < current)
}

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/search-dev")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(fixtures().join(name)).unwrap()
}

fn grades() -> HashMap<String, HashMap<String, u32>> {
    let mut grades: HashMap<String, HashMap<String, u32>> = HashMap::new();
    for line in read("qrels.tsv").lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let grade = columns[3].parse().unwrap();
        grades
            .entry(columns[0].to_owned())
            .or_default()
            .insert(columns[2].to_owned(), grade);
    }
    grades
}

fn corpus(with_aliases: bool) -> (Site, HashSet<String>) {
    let mut names: Vec<PathBuf> = std::fs::read_dir(fixtures().join("corpus"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    names.sort();
    let pages: Vec<PageDocument> = names
        .iter()
        .zip(1..)
        .map(|(path, number)| parse(number, &std::fs::read_to_string(path).unwrap()))
        .collect();
    let stale = pages.iter().filter(|p| p.state == State::Superseded);
    let stale = stale.map(|p| p.key.clone()).collect();
    let mut site = Site::with(pages.into_iter().map(put).collect());
    if with_aliases {
        let text = read("aliases.tsv");
        let lines = text.lines().filter(|l| !l.starts_with('#'));
        site.aliases = Aliases::new(lines.map(|l| l.split('\t')));
    }
    (site, stale)
}

fn parse(number: i64, text: &str) -> PageDocument {
    let (front, body) = text.trim_start_matches("---\n").split_once("\n---\n").unwrap();
    let fields: HashMap<&str, &str> = front.lines().filter_map(|l| l.split_once(": ")).collect();
    let unquoted = |key: &str| fields[key].trim_matches('"').replace("\\\"", "\"");
    let mut page = page(number, &unquoted("title"), "");
    page.key = unquoted("id");
    page.blocks = body.split("\n\n").map(str::to_owned).collect();
    page.kind = unquoted("kind");
    page.kind_labels = labels(&page.kind);
    page.space_names = vec![unquoted("space")];
    let tags = fields["tags"].trim_matches(['[', ']']).split(", ");
    page.topics = tags
        .map(|tag| tag.trim_matches('"').replace("\\\"", "\""))
        .map(|tag| TopicNames {
            slug: tag.clone(),
            names: vec![tag],
        })
        .collect();
    page.language = if fields["lang"] == "en" {
        Language::En
    } else {
        Language::He
    };
    page.state = fields["status"].parse().unwrap();
    page.verified = fields["verified"] == "true";
    page.views = fields["views_90d"].parse().unwrap();
    page.updated = time(&format!("{}T00:00:00Z", fields["updated"]));
    page
}

/// The names of the kinds in both languages, as the store would give them.
fn labels(kind: &str) -> Vec<String> {
    let hebrew = match kind {
        "product-sheet" => "דף מוצר",
        "price-list" => "מחירון",
        "battlecard" => "כרטיס קרב",
        "case-study" => "סיפור לקוח",
        "objection" => "התנגדות",
        "faq" => "שאלות נפוצות",
        "policy" => "מדיניות",
        "template" => "תבנית",
        "playbook" => "מדריך מכירה",
        "field-intel" => "מודיעין שטח",
        "persona" => "פרסונה",
        "event-recap" => "סיכום אירוע",
        "integration" => "חיבור",
        "release-notes" => "הודעת גרסה",
        "announcement" => "הודעה",
        "report" => "דוח",
        "comparison" => "השוואה",
        "glossary" => "מילון מונחים",
        "guide" => "מדריך",
        _ => "",
    };
    vec![kind.replace('-', " "), hebrew.to_owned()]
}
