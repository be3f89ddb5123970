//! The order of names in every list, at the desk and at the service: as German and English dictionaries have it, with numbers by their value.
//!
//! A key instead of a comparison, so that a table can keep it and tests can read it. German and English agree on the letters at hand: an accent
//! counts only between names that are the same without. What a locale's collation of ICU orders in another way are letters of other alphabets, which
//! stand by their code points here; that did not seem worth its tables.

use unicode_normalization::UnicodeNormalization;

use crate::search::fold_into;

/// What stands before digits and letters, in the order of the Unicode collation's root.
const BEFORE_DIGITS: &str = "\u{1f}_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
/// The longest number that counts by its value.
const MOST_DIGITS: usize = 40;

/// Sorts by itself as the text is to be sorted: `Raum 2` before `Raum 10`, `Häfner` after `Hafner` and before `Hochschule`.
pub fn sort_key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    let mut key = String::with_capacity(folded.len() * 2 + 8);
    let mut rest = folded.as_str();
    while let Some(letter) = rest.chars().next() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if digits > 0 {
            let number = rest[..digits].trim_start_matches('0');
            // How long a number is comes first: between those of one length, the digits decide.
            key.push(char::from(b'0' + u8::try_from(number.len().min(MOST_DIGITS)).unwrap_or_default()));
            key.push_str(number);
            rest = &rest[digits..];
            continue;
        }
        if letter.is_whitespace() {
            key.push('\u{2}');
        } else if let Some(at) = BEFORE_DIGITS.find(letter) {
            key.push(char::from(3 + u8::try_from(at).unwrap_or_default()));
        } else {
            key.push(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    // Between names that are the same without accents and leading zeros: whatever they are written as.
    key.push('\u{1}');
    key.extend(text.nfc().flat_map(char::to_lowercase));
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fault_9_02_names_stand_as_a_dictionary_has_them_and_numbers_by_value() {
        let sorted = [
            "_intern",
            "(6) Isar",
            "2 Räume",
            "10 Räume",
            "Hafner",
            "Häfner",
            "hafner 2",
            "Hochschule",
            "Müller",
            "Muller-Lüdenscheid",
            "Raum",
            "Raum 2",
            "Raum 02",
            "Raum 2 (Nord)",
            "Raum 2a",
            "Raum 10",
            "Raum 100",
            "Räume",
            "Sorensen",
            "Sørensen",
            "Sørensen A",
            "Straße",
            "Strasser",
            "Ülker",
            "Unger",
            "Zürich",
        ];
        let mut shuffled = sorted.to_vec();
        shuffled.reverse();
        shuffled.sort_by_key(|name| sort_key(name));
        // "Raum 02" and "Raum 2" are one number: which comes first does not matter, as long as it is always the same.
        let normal = |names: &[&str]| names.iter().map(|name| name.replace("02", "2")).collect::<Vec<_>>();
        assert_eq!(normal(&shuffled), normal(&sorted));
    }

    #[test]
    fn fault_9_02_ways_to_write_one_name_stand_together() {
        assert_eq!(sort_key("Ülker"), sort_key("U\u{308}lker"));
        assert!(sort_key("Raum 99999999999999999999") < sort_key("Raum 100000000000000000000"));
        assert!(sort_key("Raum 0") < sort_key("Raum 1"));
        assert!(sort_key("") < sort_key(" ") && sort_key("a") < sort_key("a b"));
    }

    proptest! {
        #[test]
        fn fault_9_02_numbers_stand_by_their_value(before in "[A-Za-zäöü ]{0,5}", one in any::<u32>(), other in any::<u32>()) {
            prop_assert_eq!(sort_key(&format!("{before}x{one}")).cmp(&sort_key(&format!("{before}x{other}"))), one.cmp(&other));
        }
    }
}
