//! The button in the header that opens the palette, for whoever does not know the key.

use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::hooks::is_mac;
use crate::i18n::{I18n, t};

pub(in crate::shell) fn palette_button(i18n: &I18n, on_open: &Callback<bool>) -> Html {
    let (said, shortcut) = keys(i18n, is_mac());
    let title = format!("{} ({said})", t!(i18n, "palette"));
    html! {
        <button type="button" class="icon-button header__palette" aria-label={t!(i18n, "palette")} {title} aria-haspopup="dialog" aria-keyshortcuts={shortcut} data-testid="palette-open" onclick={on_open.reform(|_: MouseEvent| true)}>
            {glyph(Icon::Command)}
        </button>
    }
}

/// The key that opens it, as one reads it, and as a screen reader is told.
fn keys(i18n: &I18n, mac: bool) -> (String, &'static str) {
    if mac { (t!(i18n, "palette-key-mac"), "Meta+K") } else { (t!(i18n, "palette-key"), "Control+K") }
}

/// Whether a key opens it, with Ctrl, Cmd and what else is held. On a Mac, Ctrl+K deletes to the end of the line.
pub(super) fn opens(key: &str, (control, command, other): (bool, bool, bool), mac: bool) -> bool {
    key.eq_ignore_ascii_case("k") && !other && control != mac && command == mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::Language;

    #[test]
    fn fault_9_14_the_palettes_button_names_the_key_that_the_system_has() {
        let said = |language, mac| keys(&I18n::new(language), mac);
        for (held, pc, mac) in [
            ((true, false, false), true, false),
            ((false, true, false), false, true),
            ((true, true, false), false, false),
            ((true, false, true), false, false),
            ((false, true, true), false, false),
            ((false, false, false), false, false),
        ] {
            assert_eq!((opens("k", held, false), opens("K", held, true)), (pc, mac), "{held:?}");
        }
        assert!(!opens("j", (true, false, false), false));
        assert_eq!(said(Language::German, false), ("Strg K".to_owned(), "Control+K"));
        assert_eq!(said(Language::English, false), ("Ctrl K".to_owned(), "Control+K"));
        for language in [Language::English, Language::German] {
            assert_eq!(said(language, true), ("⌘ K".to_owned(), "Meta+K"));
        }
    }
}
