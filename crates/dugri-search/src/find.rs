//! Answering a question: words, keyboard layout, ranking, order, counts.

use std::collections::HashMap;

use dugri_core::ids::{IntelId, PageId};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::mark::Matcher;
use crate::query::glossary::glossary;
use crate::query::intent::asked_kinds;
use crate::query::layout::other_layout;
use crate::query::words::{Typing, WordKind, Words, folded};
use crate::rank::Scope;
use crate::rank::facets::{Counter, Sieve, Verdict};
use crate::rank::found::WordFound;
use crate::rank::lookup::{Postlist, Source, exists, lookup};
use crate::rank::merge::{Merged, Scored, explain, merge};
use crate::rank::word::{Names, find_word, zones};
use crate::schema::FormField;
use crate::snapshot::Row;
use crate::{
    Aliases, Clause, Correction, Error, Facets, Factor, FactorOf, Found, Hit, HitKind, Index, Query, Request,
    Why,
};

/// Below this share of known words the other keyboard layout is tried, and used from it on.
const KNOWN_MIN: f32 = 0.5;

/// No answer is longer, whatever was asked for.
const LIMIT_MAX: usize = 1_000;

/// How many hits are offered instead of none.
const NEAREST: usize = 3;

/// How many hits the panel under the search box gets when it asks for no other number.
const SUGGESTIONS: usize = 8;

impl Index {
    /// Answers a question. Never fails on what was typed; errors are those of the disk.
    pub fn find(&self, request: &Request<'_>) -> Result<Found, Error> {
        self.search(request, Typing::Done)
    }

    /// The hits for a panel that follows typing: what [`Index::find`] finds, without counts.
    pub fn suggest(&self, request: &Request<'_>) -> Result<Found, Error> {
        let mut request = request.clone();
        if request.limit == 0 {
            request.limit = SUGGESTIONS;
        }
        let mut found = self.search(&request, Typing::GoesOn)?;
        found.facets = Facets::default();
        Ok(found)
    }

    fn search(&self, request: &Request<'_>, typing: Typing) -> Result<Found, Error> {
        let search = Search {
            scope: Scope::new(self.snapshot(), request.reader),
            request,
            typing,
        };
        search.run().inspect_err(|error| self.note(error))
    }
}

/// A query as it was understood.
struct Understood {
    words: Words,
    found: Vec<WordFound>,
    layout: Option<String>,
}

struct Search<'a> {
    scope: Scope,
    request: &'a Request<'a>,
    typing: Typing,
}

impl Search<'_> {
    fn run(self) -> Result<Found, Error> {
        let query = self.understand()?;
        let now = self.request.reader.now_micros();
        let merged = if query.words.words.is_empty() {
            self.everything(&query)?
        } else {
            let asked = asked_kinds(&self.request.query.plain);
            merge(&self.scope, &query.words, &query.found, &asked, now)?
        };
        let relaxed = merged.relaxed;
        let mut docs = merged.docs;
        self.put_named_first(&mut docs)?;
        let docs = self.one_for_each(docs);
        let (mut docs, facets) = self.sift(docs);
        self.order(&mut docs);

        let nearest = match docs.is_empty() {
            true => self.nearest(&query)?,
            false => Vec::new(),
        };
        let limit = self.request.limit.min(LIMIT_MAX);
        let page = docs.iter().skip(self.request.offset).take(limit);
        Ok(Found {
            total: docs.len(),
            nearest,
            hits: page
                .map(|scored| self.explained(&query, scored))
                .collect::<Result<_, Error>>()?,
            corrections: corrections(&query, &docs),
            relaxed,
            facets,
            matcher: Matcher::new(&query.words, &query.found),
            layout: query.layout,
            standing: self.scope.snapshot.standing,
        })
    }

    /// The words of the query, in the keyboard layout in which they are known.
    fn understand(&self) -> Result<Understood, Error> {
        let query = &self.request.query;
        let typed = self.look_up(&query.clauses)?;
        let known = known_share(&typed);
        if known >= KNOWN_MIN {
            return Ok(typed);
        }
        let Some((clauses, text)) = in_other_layout(query) else {
            return Ok(typed);
        };
        let mut other = self.look_up(&clauses)?;
        let known_other = known_share(&other);
        if known_other < KNOWN_MIN || known_other <= known {
            return Ok(typed);
        }
        other.layout = Some(text);
        Ok(other)
    }

    fn look_up(&self, clauses: &[Clause]) -> Result<Understood, Error> {
        let is_known = |code: &str| exists(&self.scope, FormField::Exact, code).unwrap_or(false);
        let words = Words::parse(clauses, self.typing, &is_known);
        let names = names_for_words(self.request.aliases, &words);
        let mut found = Vec::with_capacity(words.words.len());
        for (word, names) in words.words.iter().zip(&names) {
            found.push(find_word(&self.scope, word, names)?);
        }
        Ok(Understood {
            words,
            found,
            layout: None,
        })
    }

    /// Without words a filter alone lists what passes it; no filter lists nothing.
    fn everything(&self, query: &Understood) -> Result<Merged, Error> {
        let listed = Sieve::new(&self.request.filters, &self.request.query.conditions).is_set()
            || !query.words.excluded.is_empty();
        let mut docs = Vec::new();
        if listed {
            let excluded = crate::rank::merge::excluded(&self.scope, &query.words)?;
            let all = (0..self.scope.count()).filter(|doc| excluded.binary_search(doc).is_err());
            docs.extend(all.map(|doc| Scored { doc, score: 0.0 }));
        }
        Ok(Merged { docs, relaxed: false })
    }

    /// What is named by its address or number comes first.
    fn put_named_first(&self, docs: &mut Vec<Scored>) -> Result<(), Error> {
        let name = folded(&self.request.query.plain);
        if name.is_empty() {
            return Ok(());
        }
        let above = 1.0 + 2.0 * docs.iter().map(|s| s.score).fold(0.0, f32::max);
        for segment in &self.scope.snapshot.segments {
            let Some(info) = segment.ident.terms().get(name.as_bytes())? else {
                continue;
            };
            let option = IndexRecordOption::Basic;
            let mut postings = segment.ident.read_postings_from_terminfo(&info, option)?;
            while postings.doc() != TERMINATED {
                if let Some(doc) = self.scope.seen(segment.base + postings.doc() as usize) {
                    docs.retain(|s| s.doc != doc);
                    docs.push(Scored { doc, score: above });
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// One document for each page: the published text if it was found, else the best.
    fn one_for_each(&self, docs: Vec<Scored>) -> Vec<Scored> {
        let mut best: HashMap<(bool, i64), Scored> = HashMap::with_capacity(docs.len());
        for scored in docs {
            let row = self.scope.row(scored.doc);
            best.entry((row.is_intel, row.number))
                .and_modify(|other| {
                    let other_row = self.scope.row(other.doc);
                    let rank = |row: &Row, s: &Scored| (-row.min_role, s.score);
                    if rank(row, &scored) > rank(other_row, other) {
                        *other = scored;
                    }
                })
                .or_insert(scored);
        }
        best.into_values().collect()
    }

    /// What to offer instead of nothing: pages with any of the words, and codes that begin with the same letters.
    fn nearest(&self, query: &Understood) -> Result<Vec<Hit>, Error> {
        let mut scores: HashMap<usize, f32> = HashMap::new();
        for (word, found) in query.words.words.iter().zip(&query.found) {
            for m in &found.matches {
                *scores.entry(m.doc).or_default() += found.idf * m.score;
            }
            if let WordKind::Code(parts) = &word.kind
                && let Some(letters) = parts.first()
            {
                let codes = Source::CodesBeginning(letters.clone());
                for (doc, frequency, _) in lookup(&self.scope, zones(word), &codes)?.docs {
                    *scores.entry(doc).or_default() += Postlist::saturated(frequency);
                }
            }
        }
        let docs = scores.into_iter().map(|(doc, score)| Scored { doc, score });
        let (mut docs, _) = self.sift(self.one_for_each(docs.collect()));
        self.order(&mut docs);
        docs.truncate(NEAREST);
        Ok(docs.iter().map(|scored| self.hit(query, scored)).collect())
    }

    fn sift(&self, docs: Vec<Scored>) -> (Vec<Scored>, Facets) {
        let sieve = Sieve::new(&self.request.filters, &self.request.query.conditions);
        let mut counter = Counter::default();
        let passing = docs
            .into_iter()
            .filter(|scored| {
                let row = self.scope.row(scored.doc);
                let verdict = sieve.judge(row);
                counter.add(row, verdict);
                verdict == Verdict::Passes
            })
            .collect();
        (passing, counter.finish())
    }

    /// The best first, what is out of date last whatever its score.
    fn order(&self, docs: &mut [Scored]) {
        let row = |s: &Scored| self.scope.row(s.doc);
        docs.sort_by(|a, b| {
            tier(row(a))
                .cmp(&tier(row(b)))
                .then(b.score.total_cmp(&a.score))
                .then_with(|| row(b).updated.cmp(&row(a).updated))
                .then_with(|| row(a).key.cmp(&row(b).key))
        });
    }

    /// The hit, with its arithmetic where that was asked.
    fn explained(&self, query: &Understood, scored: &Scored) -> Result<Hit, Error> {
        let mut hit = self.hit(query, scored);
        if self.request.explain && !query.words.words.is_empty() {
            let asked = asked_kinds(&self.request.query.plain);
            let now = self.request.reader.now_micros();
            let factors = explain(&self.scope, &query.words, &query.found, &asked, now, scored.doc)?;
            let product: f32 = factors.iter().map(|factor| factor.value).product();
            hit.explanation = factors;
            // What is named by its address stands above all that has its words.
            if scored.score > product * 1.001 {
                hit.explanation.push(Factor {
                    what: FactorOf::Named,
                    value: scored.score / product.max(f32::EPSILON),
                });
            }
        }
        Ok(hit)
    }

    fn hit(&self, query: &Understood, scored: &Scored) -> Hit {
        let row = self.scope.row(scored.doc);
        let kind = match row.is_intel {
            true => HitKind::Intel(IntelId(row.number)),
            false => HitKind::Page {
                page: PageId(row.number),
                key: row.key.to_string(),
            },
        };
        let mut hit = Hit {
            kind,
            score: scored.score,
            out_of_date: tier(row) > 0,
            missing_words: Vec::new(),
            why: Vec::new(),
            explanation: Vec::new(),
        };
        for (word, found) in query.words.words.iter().zip(&query.found) {
            match found.in_doc(scored.doc) {
                Some(m) => hit.why.push(Why {
                    word: word.typed.clone(),
                    how: m.how,
                    in_title: m.in_title,
                }),
                None => hit.missing_words.push(word.typed.clone()),
            }
        }
        hit
    }
}

/// 0 for what holds, then what was replaced, then what was retired.
fn tier(row: &Row) -> u8 {
    match &*row.state {
        "superseded" => 1,
        "archived" => 2,
        _ => 0,
    }
}

/// How well the words are known, from 0 to 1. Numbers say nothing about the layout.
fn known_share(query: &Understood) -> f32 {
    let words = query.words.words.iter().zip(&query.found);
    let counted = words.filter(|(word, _)| word.kind != WordKind::Number);
    let (sum, count) = counted.fold((0.0, 0), |(sum, n), (_, f)| (sum + f.known, n + 1));
    if count == 0 { 0.0 } else { sum / count as f32 }
}

/// The clauses as the same keys write them in the other layout.
fn in_other_layout(query: &Query) -> Option<(Vec<Clause>, String)> {
    let mut clauses = query.clauses.clone();
    let mut any = false;
    for clause in &mut clauses {
        if let Some(text) = other_layout(&clause.text) {
            clause.text = text;
            any = true;
        }
    }
    let texts: Vec<&str> = clauses.iter().map(|c| c.text.trim()).collect();
    let text = texts.join(" ");
    any.then_some((clauses, text))
}

/// For each word, the names that stand for the name it is a part of.
fn names_for_words<'a>(aliases: &'a Aliases, words: &Words) -> Vec<Names<'a>> {
    let plain: Vec<(&str, &crate::analysis::Forms)> =
        words.words.iter().map(|w| (w.text.as_str(), &w.forms)).collect();
    let mut names = vec![Names::default(); plain.len()];
    for at in 0..plain.len() {
        for (met, name) in aliases.at(&plain[at..]) {
            names[at..at + met]
                .iter_mut()
                .for_each(|n| push(&mut n.aliases, name));
        }
        for (met, name) in glossary().at(&plain[at..]) {
            names[at..at + met]
                .iter_mut()
                .for_each(|n| push(&mut n.glossary, name));
        }
    }
    names
}

fn push<'a>(names: &mut Vec<&'a [String]>, name: &'a [String]) {
    if !names.contains(&name) {
        names.push(name);
    }
}

/// The corrections by which hits were found; what leads nowhere is not told.
fn corrections(query: &Understood, docs: &[Scored]) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for (word, found) in query.words.words.iter().zip(&query.found) {
        let Some(used) = found.corrected.first() else {
            continue;
        };
        let led = docs
            .iter()
            .any(|s| found.in_doc(s.doc).is_some_and(|m| m.how == crate::How::Typo));
        if led {
            corrections.push(Correction {
                typed: word.typed.clone(),
                used: used.clone(),
            });
        }
    }
    corrections
}
