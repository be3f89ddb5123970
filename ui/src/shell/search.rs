//! The search box: searches the list that is on screen, as one types.

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use crate::components::cursor;
use crate::components::focus::{focus, focus_list};
use crate::components::form::typed;
use crate::components::icon::{Icon, glyph};
use crate::hooks::{is_mac, is_typing, use_document_key};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct SearchBoxProps {
    /// What is searched for, such as "Search incidents".
    pub(super) label: AttrValue,
    pub(super) testid: AttrValue,
    pub(super) text: AttrValue,
    pub(super) on_text: Callback<String>,
}

/// The search box. Ctrl+K (on a Mac Cmd+K) and `/` lead to it; Esc empties it, and once empty leaves it for the list.
#[component]
pub(super) fn SearchBox(props: &SearchBoxProps) -> Html {
    let i18n = use_i18n();
    let input = use_node_ref();
    use_document_key({
        let input = input.clone();
        move |event| {
            let typing = is_typing(event);
            let control = event.ctrl_key() || event.meta_key();
            if (control && event.key().eq_ignore_ascii_case("k")) || (event.key() == "/" && !typing && !control) {
                event.prevent_default();
                focus(&input);
                if let Some(field) = input.cast::<HtmlInputElement>() {
                    field.select();
                }
            }
        }
    });
    let (said, shortcuts) = keys(&i18n, is_mac());
    let oninput = props.on_text.reform(typed);
    let onkeydown = {
        let (on_text, empty) = (props.on_text.clone(), props.text.is_empty());
        Callback::from(move |event: KeyboardEvent| {
            let leaves = match cursor::key_of_list(&event).as_deref().unwrap_or_default() {
                "Escape" if !empty => {
                    on_text.emit(String::new());
                    false
                }
                "Escape" | "ArrowDown" | "Enter" => true,
                _ => false,
            };
            if leaves {
                event.prevent_default();
                focus_list();
            }
        })
    };
    let clear = {
        let (on_text, input) = (props.on_text.clone(), input.clone());
        Callback::from(move |_: MouseEvent| {
            on_text.emit(String::new());
            focus(&input);
        })
    };
    html! {
        <div class="search" role="search">
            {glyph(Icon::Search)}
            <input
                ref={input}
                class="search__input"
                type="text"
                aria-label={&props.label}
                placeholder={&props.label}
                autocomplete="off"
                spellcheck="false"
                value={&props.text}
                data-testid={&props.testid}
                aria-keyshortcuts={shortcuts}
                {oninput}
                {onkeydown}
            />
            if props.text.is_empty() {
                <kbd class="search__key" aria-hidden="true">{said}</kbd>
            } else {
                <button type="button" class="icon-button icon-button--small" aria-label={t!(i18n, "search-clear")} title={t!(i18n, "search-clear")} onclick={clear}>{glyph(Icon::Close)}</button>
            }
        </div>
    }
}

/// The key that leads here, as one reads it, and all of them, as a screen reader is told.
fn keys(i18n: &I18n, mac: bool) -> (String, &'static str) {
    if mac { (t!(i18n, "search-key-mac"), "Meta+K /") } else { (t!(i18n, "search-key"), "Control+K /") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::Language;

    #[test]
    fn fault_9_14_the_search_box_names_the_key_that_the_system_has() {
        let said = |language, mac| keys(&I18n::new(language), mac);
        assert_eq!(said(Language::German, false), ("Strg K".to_owned(), "Control+K /"));
        assert_eq!(said(Language::English, false), ("Ctrl K".to_owned(), "Control+K /"));
        for language in [Language::English, Language::German] {
            assert_eq!(said(language, true), ("⌘ K".to_owned(), "Meta+K /"));
        }
    }
}
