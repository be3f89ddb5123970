//! What somebody added to a text that was there before: their own words, and none of those that they found.

use std::collections::HashSet;

/// Of what would need more comparisons than this, every word that was there before counts as found.
const MOST_COMPARED: usize = 4_000_000;

/// What `now` has and `was` has not, word by word, in its order. What was added in different places stands in different lines.
pub(super) fn added(was: &str, now: &str) -> String {
    let (before, after) = (words(was), words(now));
    let first = before.iter().zip(&after).take_while(|(one, other)| one.1 == other.1).count();
    let (before, after) = (&before[first..], &after[first..]);
    let last = before.iter().rev().zip(after.iter().rev()).take_while(|(one, other)| one.1 == other.1).count();
    let (before, after) = (&before[..before.len() - last], &after[..after.len() - last]);
    let is_found = if before.len().saturating_mul(after.len()) > MOST_COMPARED {
        let there: HashSet<&str> = before.iter().map(|word| word.1).collect();
        after.iter().map(|word| there.contains(word.1)).collect()
    } else {
        found(before, after)
    };
    let mut runs: Vec<(usize, usize)> = vec![];
    let mut goes_on = false;
    for ((at, word), found) in after.iter().zip(is_found) {
        let end = at + word.len();
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) if !found => run.1 = end,
            None if !found => runs.push((*at, end)),
            _ => {}
        }
        goes_on = !found;
    }
    runs.into_iter().map(|(from, to)| &now[from..to]).collect::<Vec<_>>().join("\n")
}

/// Words and signs of a text, each with its place.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words: Vec<(usize, &str)> = vec![];
    let mut goes_on = false;
    for (at, letter) in text.char_indices().filter(|(_, letter)| !letter.is_control() || letter.is_whitespace()) {
        let end = at + letter.len_utf8();
        match words.last_mut().filter(|_| goes_on && letter.is_alphanumeric()) {
            Some(word) => word.1 = &text[word.0..end],
            None if !letter.is_whitespace() => words.push((at, &text[at..end])),
            None => {}
        }
        goes_on = letter.is_alphanumeric();
    }
    words
}

/// Which words of `after` belong to the longest sequence that both have in common.
fn found(before: &[(usize, &str)], after: &[(usize, &str)]) -> Vec<bool> {
    let width = after.len() + 1;
    let mut longest = vec![0_u16; (before.len() + 1) * width];
    for (i, one) in before.iter().enumerate().rev() {
        for (j, other) in after.iter().enumerate().rev() {
            longest[i * width + j] = if one.1 == other.1 {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, vec![false; after.len()]);
    while i < before.len() && j < after.len() {
        if before[i].1 == after[j].1 {
            found[j] = true;
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a35_what_was_found_is_nobodys_own_words() {
        for (was, now, own) in [
            ("", "Kein Ton\nseit heute", "Kein Ton\nseit heute"),
            ("No picture in Isar", "No picture in Isar", ""),
            ("No picture in Isar", "No picture in Isar, since Monday", ", since Monday"),
            ("No picture in Isar", "Still no picture in Isar", "Still no"),
            ("Isar (6)", "Isar (8)", "8"),
            ("The secret code is 1234 today", "The code is 1234 today, I tried", ", I tried"),
            ("one two three four five six", "one NEW two three MORE five six", "NEW\nMORE"),
            ("all of this", "mine alone", "mine alone"),
        ] {
            assert_eq!(added(was, now), own, "{was:?} to {now:?}");
        }
    }

    #[test]
    fn a35_a_long_text_is_compared_too() {
        let word = |n: usize| format!("w{n}");
        let was: Vec<String> = (0..2_000).map(word).collect();
        let mut now = was.clone();
        now.insert(1_500, "second".into());
        now.insert(500, "first".into());
        assert_eq!(added(&was.join(" "), &now.join(" ")), "first\nsecond");
        let turned: Vec<String> = (0..6_000).rev().map(word).collect();
        let was: Vec<String> = (0..6_000).map(word).collect();
        assert_eq!(added(&was.join(" "), &format!("mine {}", turned.join(" "))), "mine");
    }
}
