//! Which characters a name may have: it stands in sentences, also in those that ask before something is destroyed.

/// How long the name of anything may be, in characters.
pub const LONGEST_NAME: usize = 120;

/// How long the description of a role, an assignment or an update ring may be, in characters.
pub const LONGEST_DESCRIPTION: usize = 500;

/// Whether a character steers the direction of the text around it (the embeddings, overrides and isolates of UAX #9), or ends a line.
pub const fn steers(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether anything is to be seen of a character.
pub fn is_visible(c: char) -> bool {
    let is_blank = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    );
    !is_blank && !c.is_whitespace() && !c.is_control()
}

/// Whether this can be the name of something: 1 to `most` characters, something to be seen, and nothing that steers.
pub fn is_name(text: &str, most: usize) -> bool {
    text.chars().count() <= most && text.chars().any(is_visible) && !text.chars().any(|c| c.is_control() || steers(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_03_a_name_that_turns_a_sentence_round_or_shows_nothing_is_none() {
        for good in ["Fährmann Versicherungen KG", "株式会社テナント", "שלום בע\"מ", "O'Neil & Söhne 👩‍💻", "می‌خواهم", "A\u{200e}B"]
        {
            assert!(is_name(good, 120), "{good:?}");
        }
        for bad in [
            "",
            " ",
            "\u{200b}",
            "\u{2800}\u{3164}",
            "\u{feff}\u{fe0f}",
            "\u{e0041}",
            "Contoso\u{202e}obenrG",
            "\u{2067}Contoso",
            "Contoso\u{2069}",
            "Con\ntoso",
            "Con\u{2028}toso",
            "Con\u{0}toso",
            "Con\u{85}toso",
        ] {
            assert!(!is_name(bad, 120), "{bad:?}");
        }
        assert!(is_name(&"ä".repeat(120), 120) && !is_name(&"ä".repeat(121), 120));
    }
}
