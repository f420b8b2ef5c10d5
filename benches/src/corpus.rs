//! Pages of a company that does not exist, as many as wanted and the same on every run: half in Hebrew, half in
//! English, words as frequent as in a language (Zipf), Hebrew ones with prefixes and suffixes, codes of products,
//! topics, and names that occur once.

use std::collections::HashSet;
use std::fmt::Write as _;

/// How many spaces the pages lie in, one after the other, numbered from 1.
pub const SPACES: usize = 50;

/// How long a page is.
const PAGE_BYTES: usize = 2_048;

/// Words of each language; what occurs only once comes on top. The Hebrew ones are inflected besides.
const ENGLISH: usize = 30_000;
const HEBREW: usize = 12_000;
const TOPICS: usize = 400;
const CODES: usize = 600;

const ENGLISH_STOP_WORDS: [&str; 10] = ["the", "of", "and", "to", "in", "is", "for", "a", "that", "with"];
const HEBREW_STOP_WORDS: [&str; 10] = ["של", "את", "על", "לא", "עם", "זה", "או", "גם", "כל", "הוא"];
const PREFIXES: [&str; 12] = ["ה", "ו", "ב", "ל", "מ", "ש", "כ", "וה", "שה", "ול", "מה", "כש"];
const SUFFIXES: [&str; 9] = ["ים", "ות", "ה", "י", "ת", "ית", "ו", "נו", "כם"];

/// One page.
pub struct Page {
    /// From 1.
    pub number: usize,
    /// The space, from 1.
    pub space: usize,
    /// Whether it is in Hebrew.
    pub hebrew: bool,
    /// The title.
    pub title: String,
    /// The sentence at the head.
    pub key_message: String,
    /// The headings.
    pub headings: Vec<String>,
    /// The paragraphs.
    pub blocks: Vec<String>,
    /// Slugs and names of the topics.
    pub topics: Vec<(String, [String; 2])>,
}

impl Page {
    /// How many bytes of text it has.
    pub fn bytes(&self) -> usize {
        let lists = self.headings.iter().chain(&self.blocks);
        self.title.len() + self.key_message.len() + lists.map(String::len).sum::<usize>()
    }

    /// The text as one.
    pub fn body(&self) -> String {
        let mut body = self.key_message.clone();
        for text in self.headings.iter().chain(&self.blocks) {
            let _ = write!(body, "\n{text}");
        }
        body
    }
}

/// The words of both languages, and chance.
pub struct Corpus {
    english: Vec<String>,
    hebrew: Vec<String>,
    ranks: [Ranks; 2],
    topics: Vec<(String, [String; 2])>,
    codes: Vec<String>,
}

impl Default for Corpus {
    fn default() -> Corpus {
        let mut chance = Chance::new(7);
        let english = vocabulary(&ENGLISH_STOP_WORDS, ENGLISH, &mut chance, english_word);
        let hebrew = vocabulary(&HEBREW_STOP_WORDS, HEBREW, &mut chance, hebrew_word);
        let topics = (0..TOPICS).map(|n| {
            let (english, hebrew) = (english_word(&mut chance, 900), hebrew_word(&mut chance, 900));
            (format!("topic-{n}"), [english, hebrew])
        });
        let topics = topics.collect();
        let codes = (0..CODES).map(|n| {
            let letter = |by: usize| char::from(b'A' + (n / by % 26) as u8);
            format!("{}{}-{}", letter(1), letter(5), 10 + n * 7 % 890)
        });
        Corpus {
            ranks: [Ranks::new(english.len()), Ranks::new(hebrew.len())],
            english,
            hebrew,
            topics,
            codes: codes.collect(),
        }
    }
}

impl Corpus {
    /// The page with this number, always the same one.
    pub fn page(&self, number: usize) -> Page {
        let mut chance = Chance::new(number as u64 * 2 + 1);
        let hebrew = number.is_multiple_of(2);
        let topics: Vec<_> = (0..1 + chance.below(3))
            .map(|_| self.topics[chance.below(TOPICS)].clone())
            .collect();
        let mut title = self.words(&mut chance, hebrew, 3 + 4 * usize::from(number.is_multiple_of(3)));
        if chance.below(3) == 0 {
            let _ = write!(title, " {}", self.codes[chance.below(CODES)]);
        }
        let _ = write!(title, " {}", topics[0].1[usize::from(hebrew)]);
        let mut page = Page {
            number,
            space: number % SPACES + 1,
            hebrew,
            title,
            key_message: self.words(&mut chance, hebrew, 12),
            headings: (0..3).map(|_| self.words(&mut chance, hebrew, 3)).collect(),
            blocks: Vec::new(),
            topics,
        };
        while page.bytes() < PAGE_BYTES {
            let words = 20 + chance.below(30);
            page.blocks.push(self.words(&mut chance, hebrew, words));
        }
        page
    }

    /// The commonest words of both languages, stop words and others.
    pub fn commonest(&self) -> [&str; 4] {
        let first = ENGLISH_STOP_WORDS.len();
        [
            &self.english[0],
            &self.hebrew[0],
            &self.english[first],
            &self.hebrew[first],
        ]
    }

    fn words(&self, chance: &mut Chance, hebrew: bool, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word(chance, hebrew)).collect();
        words.join(" ")
    }

    fn word(&self, chance: &mut Chance, hebrew: bool) -> String {
        match chance.below(200) {
            0 => {
                return if hebrew {
                    hebrew_word(chance, HEBREW)
                } else {
                    english_word(chance, ENGLISH)
                };
            }
            1 => return self.codes[chance.below(CODES)].clone(),
            // Names in the other language stand in both.
            2..12 if hebrew => return self.english[self.ranks[0].pick(chance)].clone(),
            _ => {}
        }
        let rank = self.ranks[usize::from(hebrew)].pick(chance);
        if !hebrew {
            return self.english[rank].clone();
        }
        let mut word = self.hebrew[rank].clone();
        if rank >= HEBREW_STOP_WORDS.len() {
            if chance.below(100) < 40 {
                word.push_str(SUFFIXES[chance.low(SUFFIXES.len())]);
            }
            if chance.below(100) < 35 {
                word.insert_str(0, PREFIXES[chance.low(PREFIXES.len())]);
            }
        }
        word
    }
}

fn vocabulary(
    first: &[&str],
    count: usize,
    chance: &mut Chance,
    word: fn(&mut Chance, usize) -> String,
) -> Vec<String> {
    let mut words: Vec<String> = first.iter().map(|w| (*w).to_owned()).collect();
    let mut known: HashSet<String> = words.iter().cloned().collect();
    while words.len() < count {
        let new = word(chance, words.len());
        if known.insert(new.clone()) {
            words.push(new);
        }
    }
    words
}

/// A word of this rank: what is frequent is short.
fn english_word(chance: &mut Chance, rank: usize) -> String {
    const BEGINNINGS: [&str; 24] = [
        "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pl", "br",
        "cr", "sh", "ch", "gr", "pr",
    ];
    const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ou", "ai"];
    const ENDS: [&str; 10] = ["", "", "", "n", "r", "s", "t", "l", "nd", "ck"];
    let syllables = match rank {
        0..300 => 1,
        300..5_000 => 2,
        _ => 3,
    } + usize::from(chance.below(3) == 0);
    let mut word = String::new();
    for _ in 0..syllables {
        for parts in [&BEGINNINGS[..], &MIDDLES, &ENDS] {
            word.push_str(parts[chance.below(parts.len())]);
        }
    }
    word
}

fn hebrew_word(chance: &mut Chance, rank: usize) -> String {
    const LETTERS: [char; 22] = [
        'א', 'ב', 'ג', 'ד', 'ה', 'ו', 'ז', 'ח', 'ט', 'י', 'כ', 'ל', 'מ', 'נ', 'ס', 'ע', 'פ', 'צ', 'ק', 'ר',
        'ש', 'ת',
    ];
    let letters = match rank {
        0..2_000 => 3,
        2_000..12_000 => 4,
        _ => 5,
    } + usize::from(chance.below(4) == 0);
    (0..letters)
        .map(|_| LETTERS[chance.below(LETTERS.len())])
        .collect()
}

/// The ranks of words by Zipf's law.
struct Ranks {
    /// How probable it is that a word's rank is this or lower.
    up_to: Vec<f64>,
}

impl Ranks {
    fn new(count: usize) -> Ranks {
        let mut sum = 0.0;
        let mut up_to = Vec::with_capacity(count);
        for rank in 0..count {
            sum += 1.0 / (rank as f64 + 2.7);
            up_to.push(sum);
        }
        up_to.iter_mut().for_each(|share| *share /= sum);
        Ranks { up_to }
    }

    fn pick(&self, chance: &mut Chance) -> usize {
        let at = chance.share();
        let rank = self.up_to.partition_point(|share| *share < at);
        rank.min(self.up_to.len() - 1)
    }
}

/// Numbers that look like chance and are the same on every run (splitmix64).
pub struct Chance(u64);

impl Chance {
    /// Begins anew from this number.
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number below this one, low ones more often.
    pub fn low(&mut self, end: usize) -> usize {
        let end = self.below(end) + 1;
        self.below(end)
    }

    /// A number from 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Corpus;

    #[test]
    fn a_page_is_the_same_every_time() {
        let corpus = Corpus::default();
        for number in [1, 2, 77] {
            let page = corpus.page(number);
            assert_eq!(page.body(), Corpus::default().page(number).body());
            assert!((2_048..2_600).contains(&page.bytes()), "{}", page.bytes());
        }
    }
}
