//! The letters that stand for saved views where their names have no room. Pure.

/// What a name would be told by: the first letters of its first and last words, or the first two of its only word; then its first letter with another of
/// its own, and with a number.
fn candidates(name: &str) -> impl Iterator<Item = String> {
    let words: Vec<Vec<char>> =
        name.split(|c: char| !c.is_alphanumeric()).map(|word| word.chars().collect()).filter(|word: &Vec<_>| !word.is_empty()).collect();
    let (first, own) = match words.as_slice() {
        [] => ('…', "…".to_owned()),
        [only] => (only[0], only.iter().take(2).collect()),
        [first, .., last] => (first[0], [first[0], last[0]].iter().collect()),
    };
    // Where words begin, before what is within them.
    let begins = words.iter().skip(1).map(|word| word[0]);
    let others: Vec<char> = begins.chain(words.iter().flat_map(|word| word.iter().skip(1)).copied()).collect();
    let with_own = others.into_iter().map(move |other| format!("{first}{other}"));
    let with_number = (2..=9).map(move |number| format!("{first}{number}"));
    std::iter::once(own).chain(with_own).chain(with_number).chain((10..=99).map(|number| number.to_string()))
}

/// The letters of each name, no two alike; the first of those that would be keeps its own.
pub(super) fn letters<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken: Vec<String> = vec![];
    let mut all = vec![];
    for name in names {
        let mut own = candidates(name).map(|letters| (letters.to_lowercase(), letters));
        // There are at most 50 views, and more candidates than that.
        let (key, letters) = own.find(|(key, _)| !taken.contains(key)).unwrap_or_default();
        taken.push(key);
        all.push(letters);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_told_from_others_by_two_letters() {
        assert_eq!(
            letters(["Critical and unread", "Mine", "Übergabe (Nacht)", "3rd floor", "A", "🎥"]),
            ["Cu", "Mi", "ÜN", "3f", "A", "…"]
        );
    }

    #[test]
    fn no_two_views_have_the_same_letters() {
        let alike = ["Critical unread", "critical and urgent", "Cu", "CU", "Mine", "Minor", "Mi", "🎥", "📺", "A", "a"];
        assert_eq!(letters(alike), ["Cu", "ca", "C2", "C3", "Mi", "Mn", "M2", "…", "…2", "A", "a2"]);
        let mut fifty = letters(["Aa"; 50]);
        assert!(fifty.iter().all(|letters| (1..=2).contains(&letters.chars().count())));
        fifty.sort();
        fifty.dedup();
        assert_eq!(fifty.len(), 50);
    }
}
