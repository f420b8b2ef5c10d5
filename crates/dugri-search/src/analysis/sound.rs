//! Sound keys: the consonants that a word has in common with its transcription in the other script.

use super::chars::{is_hebrew, is_latin};

/// The sound keys of a word: none if it is in neither script or has too few consonants. A Latin word can have two,
/// because `ch` is written with kaf or with tsadi.
pub(crate) fn keys(word: &str, consonants_min: usize) -> Vec<String> {
    let mut keys = if word.chars().all(is_hebrew) {
        vec![hebrew(word)]
    } else if word.chars().all(is_latin) {
        let hard = latin(word, 'K');
        let soft = latin(word, 'S');
        if hard == soft {
            vec![hard]
        } else {
            vec![hard, soft]
        }
    } else {
        return Vec::new();
    };
    keys.retain(|key| key.chars().count() >= consonants_min);
    keys
}

fn hebrew(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut key = Key::default();
    let mut i = 0;
    while i < chars.len() {
        let doubled = chars.get(i + 1) == Some(&chars[i]);
        match chars[i] {
            'ב' => key.push('B'),
            // A vav that begins a word, or is doubled, is a consonant.
            'ו' if i == 0 || doubled => {
                key.push('B');
                i += usize::from(doubled);
            }
            'ג' => key.push('G'),
            'ד' => key.push('D'),
            'ז' => key.push('Z'),
            'ט' | 'ת' => key.push('T'),
            'כ' | 'ק' => key.push('K'),
            'ל' => key.push('L'),
            'מ' => key.push('M'),
            'נ' => key.push('N'),
            'ס' | 'צ' | 'ש' => key.push('S'),
            'פ' => key.push('P'),
            'ר' => key.push('R'),
            'ה' | 'ח' if i == 0 => key.push('H'),
            _ => key.vowel(),
        }
        i += 1;
    }
    key.text
}

fn latin(word: &str, ch: char) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut key = Key::default();
    let mut i = 0;
    while i < chars.len() {
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        let (sounds, used): (&[char], usize) = match (chars[i], next) {
            ('c', 'h') => (&[ch], 2),
            ('c', 'k') => (&['K'], 2),
            ('c', 'e' | 'i' | 'y') => (&['S'], 1),
            ('p', 'h') => (&['P'], 2),
            ('s', 'h') => (&['S'], 2),
            ('t', 'h') => (&['T'], 2),
            ('t', 'z' | 's') => (&['S'], 2),
            ('b' | 'v' | 'w', _) => (&['B'], 1),
            ('g' | 'j', _) => (&['G'], 1),
            ('d', _) => (&['D'], 1),
            ('z', _) => (&['Z'], 1),
            ('t', _) => (&['T'], 1),
            ('c' | 'k' | 'q', _) => (&['K'], 1),
            ('l', _) => (&['L'], 1),
            ('m', _) => (&['M'], 1),
            ('n', _) => (&['N'], 1),
            ('s', _) => (&['S'], 1),
            ('p' | 'f', _) => (&['P'], 1),
            ('r', _) => (&['R'], 1),
            ('x', _) => (&['K', 'S'], 1),
            ('h', _) if i == 0 => (&['H'], 1),
            _ => (&[], 1),
        };
        for sound in sounds {
            key.push(*sound);
        }
        if sounds.is_empty() {
            key.vowel();
        }
        i += used;
    }
    key.text
}

/// A key under construction; a doubled consonant counts once, two with a vowel between them count twice.
#[derive(Default)]
struct Key {
    text: String,
    last: Option<char>,
}

impl Key {
    fn push(&mut self, sound: char) {
        if self.last != Some(sound) {
            self.text.push(sound);
        }
        self.last = Some(sound);
    }

    fn vowel(&mut self) {
        self.last = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_sounds_alike_in_both_scripts() {
        for (hebrew, latin) in [
            ("טלפוניקס", "telephonix"),
            ("ווקסליינ", "voxline"),
            ("מגדלור", "migdalor"),
            ("אוריונ", "orion"),
            ("צאט", "chat"),
            ("הדימ", "hedim"),
            ("כנפ", "kanaf"),
            ("שרונ", "sharon"),
        ] {
            let heard = keys(hebrew, 1);
            assert!(
                keys(latin, 1).iter().any(|key| heard.contains(key)),
                "{hebrew} {heard:?} {latin} {:?}",
                keys(latin, 1)
            );
        }
    }

    #[test]
    fn short_and_mixed_words_have_none() {
        assert!(keys("אי", 1).is_empty());
        assert!(keys("mx40", 1).is_empty());
        assert!(keys("kanaf", 4).is_empty());
    }
}
