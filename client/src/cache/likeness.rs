//! How like a name is what is looked for.

use tenantry_model::search::{fold, words};

/// A word that is looked for.
#[derive(Debug)]
pub(super) struct Sought {
    /// As searchable texts have it in whatever spelling, which is where it is found.
    pub(super) short: String,
    /// As it was typed, folded: so it may stand in a name.
    typed: String,
}

impl Sought {
    pub(super) fn all(text: &str) -> Vec<Self> {
        let parts = |letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, ',' | ';');
        let of = |typed: &str| Some(Self { short: words(typed).pop()?, typed: typed.to_owned() });
        fold(text).split(parts).filter_map(of).collect()
    }

    /// Where it stands in a folded name: at its beginning (0), at that of a later word (1), or within one (2).
    pub(super) fn likeness(&self, name: &str) -> Option<u8> {
        [&self.typed, &self.short].into_iter().filter_map(|word| place_in(name, word)).min()
    }
}

fn place_in(name: &str, word: &str) -> Option<u8> {
    if name.starts_with(word) {
        return Some(0);
    }
    let begins = |at: usize| !name[..at].ends_with(char::is_alphanumeric);
    name.match_indices(word).map(|(at, _)| if begins(at) { 1 } else { 2 }).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_begins_a_name_is_most_like_it_however_it_is_spelled() {
        let of = |typed: &str, name: &str| Sought::all(typed)[0].likeness(&fold(name));
        assert_eq!(
            [of("saal", "Saal 2"), of("saal", "Nord Saal"), of("saal", "Nordsaal"), of("saal", "Halle")],
            [Some(0), Some(1), Some(2), None]
        );
        assert_eq!([of("sued", "S\u{fc}dbau"), of("s\u{fc}d", "S\u{fc}dbau"), of("GRO\u{df}", "Gro\u{df}er Saal")], [Some(0); 3]);
        assert!(Sought::all(" , ").is_empty());
    }
}
