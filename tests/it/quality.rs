//! The development set of search, scored as its users would see it: the corpus imported, graded queries asked over the API.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use dugri_app::people::{self, PersonInput};
use dugri_app::{By, aliases, demo, import};
use serde_json::Value;

use crate::site::{Client, empty, serve};

const EMAIL: &str = "admin@quality.example";

/// A page of this grade or better is what was looked for.
const RELEVANT: u32 = 2;

#[test]
fn ranking_reaches_its_mark() {
    let app = empty();
    let admin = PersonInput {
        email: EMAIL.to_owned(),
        name: "Admin".to_owned(),
        admin: true,
        ..PersonInput::default()
    };
    people::add(&app, By::Operator, &admin, Some(demo::PASSWORD)).unwrap();
    let actor = import::default_actor(&app).unwrap().unwrap();
    import::import(&app, &actor, &fixtures().join("corpus"), &mut |_| {}).unwrap();
    app.catch_up().unwrap();
    let site = serve(&app);
    let reader = site.sign_in(EMAIL);

    let without = score(&reader);
    let taken = aliases::import(&app, By::Operator, &read("aliases.tsv")).unwrap();
    assert!(taken.iter().all(|(_, became)| *became == aliases::Line::Added));
    let with_aliases = score(&reader);
    println!("{with_aliases}\nwithout aliases:\n{without}");
    assert!(without.all.ndcg >= 0.90, "{without}");
    assert!(with_aliases.all.ndcg >= 0.90, "{with_aliases}");
    assert!(with_aliases.all.first >= 0.90, "{with_aliases}");
    assert!(with_aliases.empty() >= 0.75, "{with_aliases}");
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

impl Score {
    /// The share of queries without an answer that get none.
    fn empty(&self) -> f64 {
        let empty = self.negatives.iter().filter(|found| **found == 0).count();
        empty as f64 / self.negatives.len() as f64
    }
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

fn score(reader: &Client<'_>) -> Score {
    let (stale_pages, grades) = (superseded(), grades());
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
        let found = keys(reader, query);
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
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/search-dev")
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

/// The ids of the first ten answers.
fn keys(reader: &Client<'_>, query: &str) -> Vec<String> {
    let query: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let answer = reader.get(&format!("/api/v1/search?q={query}&limit=10"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    let results = answer["results"].as_array().unwrap();
    results
        .iter()
        .map(|hit| hit["slug"].as_str().unwrap().to_owned())
        .collect()
}

/// The ids of the superseded pages, as their files say.
fn superseded() -> HashSet<String> {
    let files = std::fs::read_dir(fixtures().join("corpus")).unwrap();
    let texts = files.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    let value = |text: &str, name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_matches('"').to_owned()
    };
    texts
        .filter(|text| value(text, "status:") == "superseded")
        .map(|text| value(&text, "id:"))
        .collect()
}
