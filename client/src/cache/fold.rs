//! Text as it is compared: without case and without accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

/// The same, behind what is there already.
pub(super) fn fold_into(folded: &mut String, text: &str) {
    if text.is_ascii() {
        let from = folded.len();
        folded.push_str(text);
        folded[from..].make_ascii_lowercase();
    } else {
        folded.extend(text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
    }
}

/// The words of what somebody typed, folded, without duplicates.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(text).split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A word that somebody typed, as a full-text query: each run of letters and digits the start of a word of the row. None where there is none.
pub(super) fn full_text(word: &str) -> Option<String> {
    let runs: Vec<String> =
        word.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()).map(|run| format!("\"{run}\"*")).collect();
    if runs.is_empty() { None } else { Some(runs.join(" ")) }
}

/// Searches for several words, in any order.
pub(super) struct Finder {
    words: Vec<memchr::memmem::Finder<'static>>,
}

impl Finder {
    /// For these folded words.
    pub(super) fn new(words: &[String]) -> Self {
        Self { words: words.iter().map(|word| memchr::memmem::Finder::new(word).into_owned()).collect() }
    }

    /// Whether all of them are in this folded text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.is_in_or(text, |_| false)
    }

    /// Whether each of them is in this folded text, or is granted by its index.
    pub(super) fn is_in_or(&self, text: &str, granted: impl Fn(usize) -> bool) -> bool {
        self.words.iter().enumerate().all(|(at, word)| word.find(text.as_bytes()).is_some() || granted(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(fold("Überraschung CAFÉ Ǆ"), "uberraschung cafe ǆ");
        let finder = Finder::new(&words("cafe MÜN"));
        assert!(finder.is_in(&fold("München, Café Nord")));
        assert!(!finder.is_in(&fold("München")));
        assert!(Finder::new(&words("  ")).is_in(""));
    }

    #[test]
    fn a_full_text_query_holds_no_syntax_of_its_own() {
        let queries: Vec<_> = words("LBT9KC-XDBORS \"or\" *").iter().map(|word| full_text(word)).collect();
        assert_eq!(queries, [Some("\"or\"*".into()), None, Some("\"lbt9kc\"* \"xdbors\"*".into())]);
    }
}
