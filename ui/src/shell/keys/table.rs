//! Every key that does something while nobody types, with what it does. One more letter that presses a button of a page: a row here.

use crate::components::table::SELECT;
use crate::i18n::{I18n, t};

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// The key of the list that is on the page, as if it had been pressed there.
    List(&'static str),
    /// The same with Shift: what is passed is selected.
    ListRange(&'static str),
    /// Presses the button of the page with this letter.
    Button(&'static str),
    /// Goes to the next customer, or, backwards, to the one before.
    Customer { back: bool },
    /// Opens the sheet of the keys.
    Sheet,
    /// Heard elsewhere: this row tells of it.
    Elsewhere,
}

/// A row of the sheet.
pub(super) struct Key {
    /// The keys that do it, each as it is pressed; of what is heard elsewhere, as it is shown.
    pub(super) keys: &'static [&'static str],
    pub(super) does: &'static [Does],
    pub(super) says: fn(&I18n) -> String,
}

/// What selects all in every list of the system, too; the list hears it itself.
const ALL: &str = "Ctrl+A";

/// As it stands on the keys: a capital is made with Shift, and on a Mac Cmd does what Ctrl does elsewhere.
pub(super) fn said(i18n: &I18n, key: &str, mac: bool) -> String {
    match key {
        ALL if mac => t!(i18n, "key-with-cmd", key = "A"),
        ALL => t!(i18n, "key-with-ctrl", key = "A"),
        key if key.len() == 1 && key.bytes().all(|sign| sign.is_ascii_uppercase()) => t!(i18n, "key-with-shift", key = key),
        key if key.len() == 1 => key.to_uppercase(),
        key => key.to_owned(),
    }
}

/// See the module; in the order of the sheet.
pub(super) const KEYS: &[Key] = &[
    Key { keys: &["j", "k"], does: &[Does::List("ArrowDown"), Does::List("ArrowUp")], says: |i18n| t!(i18n, "key-rows") },
    Key { keys: &["x"], does: &[Does::List(SELECT)], says: |i18n| t!(i18n, "key-select") },
    Key { keys: &["J", "K"], does: &[Does::ListRange("ArrowDown"), Does::ListRange("ArrowUp")], says: |i18n| t!(i18n, "key-select-range") },
    Key { keys: &["a", ALL], does: &[Does::Button("a"), Does::Elsewhere], says: |i18n| t!(i18n, "key-select-all") },
    Key { keys: &["Enter"], does: &[Does::Elsewhere], says: |i18n| t!(i18n, "key-open") },
    Key { keys: &["Esc"], does: &[Does::Elsewhere], says: |i18n| t!(i18n, "key-close-pane") },
    Key {
        keys: &["[", "]"],
        does: &[Does::Customer { back: true }, Does::Customer { back: false }],
        says: |i18n| t!(i18n, "key-customers"),
    },
    Key { keys: &["n"], does: &[Does::Button("n")], says: |i18n| t!(i18n, "key-write") },
    Key { keys: &["c"], does: &[Does::Button("c")], says: |i18n| t!(i18n, "key-claim") },
    Key { keys: &["z"], does: &[Does::Button("z")], says: |i18n| t!(i18n, "key-snooze") },
    Key { keys: &["e"], does: &[Does::Button("e")], says: |i18n| t!(i18n, "key-close") },
    Key { keys: &["r"], does: &[Does::Button("r")], says: |i18n| t!(i18n, "key-record") },
    Key { keys: &["/"], does: &[Does::Elsewhere], says: |i18n| t!(i18n, "key-search") },
    Key { keys: &["F6"], does: &[Does::Elsewhere], says: |i18n| t!(i18n, "key-regions") },
    Key { keys: &["?"], does: &[Does::Sheet], says: |i18n| t!(i18n, "keys") },
];

/// What is held beside a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Held {
    pub(super) ctrl: bool,
    pub(super) alt: bool,
    pub(super) meta: bool,
    pub(super) shift: bool,
    /// The key itself, from before.
    pub(super) repeat: bool,
}

/// What a key does with what is held; nothing for one that other programs, the web view or a screen reader use. A sign may need keys of its own to be
/// held: on some keyboards Shift for `?`, Alt, or Ctrl and Alt, for a bracket. A letter counts alone. A key that stays down walks through a list, and
/// does nothing else again.
pub(super) fn does(key: &str, held: Held) -> Option<Does> {
    let is_letter = key.len() == 1 && key.bytes().all(|letter| letter.is_ascii_alphabetic());
    // A capital is one with Shift; without it, Caps Lock made it, and it is the small letter that was meant for no key.
    let is_capital = is_letter && key.bytes().all(|letter| letter.is_ascii_uppercase());
    let alone = if is_letter { !(held.ctrl || held.alt) && held.shift == is_capital } else { held.alt || !held.ctrl };
    if held.meta || !alone {
        return None;
    }
    let rows = KEYS.iter().flat_map(|row| row.keys.iter().zip(row.does));
    rows.filter(|(_, does)| **does != Does::Elsewhere)
        .find(|(known, _)| **known == key)
        .map(|(_, does)| *does)
        .filter(|does| !held.repeat || matches!(does, Does::List("ArrowDown" | "ArrowUp") | Does::ListRange(_)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sources;

    #[test]
    fn a_letter_alone_counts_and_nothing_that_other_programs_use() {
        assert_eq!(does("e", Held::default()), Some(Does::Button("e")));
        for held in [Held { ctrl: true, ..Held::default() }, Held { alt: true, ..Held::default() }, Held { meta: true, ..Held::default() }]
        {
            assert_eq!(does("e", held), None, "{held:?}");
        }
        assert_eq!(does("e", Held { shift: true, ..Held::default() }), None);
        for key in ["E", "Enter", "ä", "'", "1", "Escape", "/", "F6", "y", "J"] {
            assert_eq!(does(key, Held::default()), None, "{key}");
        }
    }

    #[test]
    fn a_sign_counts_with_the_keys_that_make_it_on_some_keyboard() {
        let german = Held { ctrl: true, alt: true, ..Held::default() };
        for held in [Held::default(), german, Held { alt: true, ..Held::default() }] {
            assert_eq!(does("]", held), Some(Does::Customer { back: false }), "{held:?}");
        }
        assert_eq!(does("?", Held { shift: true, ..Held::default() }), Some(Does::Sheet));
        assert_eq!(does("[", Held { meta: true, ..Held::default() }), None, "that goes back");
        assert_eq!(does("[", Held { ctrl: true, ..Held::default() }), None);
    }

    #[test]
    fn a_capital_counts_with_shift_alone() {
        let shift = Held { shift: true, ..Held::default() };
        assert_eq!(does("J", shift), Some(Does::ListRange("ArrowDown")));
        for held in [Held { ctrl: true, ..shift }, Held { alt: true, ..shift }, Held { meta: true, ..shift }, Held::default()] {
            assert_eq!(does("K", held), None, "{held:?}");
        }
        assert_eq!(does("j", shift), None);
    }

    #[test]
    fn a_key_that_stays_down_walks_through_the_list_and_does_nothing_else_again() {
        let held = Held { repeat: true, ..Held::default() };
        assert_eq!(does("j", held), Some(Does::List("ArrowDown")));
        for key in ["n", "c", "z", "x", "a", "[", "]", "?"] {
            assert!(does(key, Held::default()).is_some() && does(key, held).is_none(), "{key}");
        }
    }

    #[test]
    fn keys_the_sheet_says_what_is_held_along() {
        let i18n = I18n::new(tenantry_model::ipc::Language::German);
        let row = |says: String| KEYS.iter().find(|row| (row.says)(&i18n) == says).unwrap();
        let shown = |row: &Key, mac| row.keys.iter().map(|key| said(&i18n, key, mac)).collect::<Vec<_>>();
        assert_eq!(shown(row(t!(i18n, "key-rows")), false), ["J", "K"]);
        assert_eq!(shown(row(t!(i18n, "key-select-range")), false), ["Umschalt J", "Umschalt K"]);
        assert_eq!(shown(row(t!(i18n, "key-select-all")), false), ["A", "Strg A"]);
        assert_eq!(shown(row(t!(i18n, "key-select-all")), true), ["A", "⌘ A"]);
        assert_eq!(said(&i18n, "F6", false), "F6");
    }

    #[test]
    fn each_key_stands_once_with_what_it_does() {
        let keys: Vec<&str> = KEYS.iter().flat_map(|row| row.keys).copied().collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        for row in KEYS {
            assert_eq!(row.keys.len(), row.does.len(), "{:?}", row.keys);
        }
    }

    #[test]
    fn each_letter_on_a_button_stands_in_the_sheet_and_each_letter_of_the_sheet_on_a_button() {
        let attribute = concat!(" lett", "er=\"");
        let letters = |text: &str| {
            let after = text.match_indices(attribute).map(|(at, _)| &text[at + attribute.len()..]);
            after.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect::<Vec<_>>()
        };
        let found: BTreeSet<String> = sources::all().iter().flat_map(|(_, text)| letters(text)).collect();
        let told: BTreeSet<String> = KEYS
            .iter()
            .flat_map(|row| row.does)
            .filter_map(|does| match does {
                Does::Button(letter) => Some((*letter).to_owned()),
                _ => None,
            })
            .collect();
        assert_eq!(found, told);
    }
}
