//! The search box: searches the list that is on screen, as one types.

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use crate::components::cursor;
use crate::components::focus::{focus, focus_list};
use crate::components::form::typed;
use crate::components::icon::{Icon, glyph};
use crate::hooks::{is_typing, no_dialog_is_open, use_document_key};
use crate::i18n::{t, use_i18n};

const WRONG: &str = "search-wrong";

#[derive(Properties, PartialEq)]
pub(super) struct SearchBoxProps {
    /// What is searched for, such as "Search incidents".
    pub(super) label: AttrValue,
    pub(super) testid: AttrValue,
    pub(super) text: AttrValue,
    /// What is wrong with the text.
    #[prop_or_default]
    pub(super) wrong: Option<AttrValue>,
    pub(super) on_text: Callback<String>,
}

/// The search box. `/` leads to it; Esc empties it, and once empty leaves it for the list.
#[component]
pub(super) fn SearchBox(props: &SearchBoxProps) -> Html {
    let i18n = use_i18n();
    let input = use_node_ref();
    use_document_key({
        let input = input.clone();
        move |event| {
            let control = event.ctrl_key() || event.meta_key();
            if event.key() == "/" && !is_typing(event) && !control && no_dialog_is_open() {
                event.prevent_default();
                focus(&input);
                if let Some(field) = input.cast::<HtmlInputElement>() {
                    field.select();
                }
            }
        }
    });
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
                aria-keyshortcuts="/"
                aria-invalid={props.wrong.is_some().then_some("true")}
                aria-describedby={props.wrong.is_some().then_some(WRONG)}
                {oninput}
                {onkeydown}
            />
            if props.text.is_empty() {
                <kbd class="search__key" aria-hidden="true">{"/"}</kbd>
            } else {
                <button type="button" class="icon-button icon-button--small" aria-label={t!(i18n, "search-clear")} title={t!(i18n, "search-clear")} onclick={clear}>{glyph(Icon::Close)}</button>
            }
            <p id={WRONG} class="search__wrong" role="status" data-testid="search-wrong">{props.wrong.clone()}</p>
        </div>
    }
}
