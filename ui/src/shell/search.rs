//! The search box: searches the list that is on screen, as one types.

use tenantry_model::api::saved_views::ViewPage;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::search_names::{LIST, NameList, option_id, use_names};
use crate::components::cursor;
use crate::components::focus::{focus, focus_list};
use crate::components::form::typed;
use crate::components::icon::{Icon, glyph};
use crate::hooks::{is_typing, no_dialog_is_open, sets, use_document_key};
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
    /// Whose filter the text is, where it is one: its names are completed.
    #[prop_or_default]
    pub(super) filter_of: Option<ViewPage>,
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
    let (at_it, closed) = (use_state_eq(|| false), use_state_eq(|| None::<AttrValue>));
    let page = props.filter_of.filter(|_| *at_it && closed.as_ref() != Some(&props.text));
    let (names, completes) = (use_names(&props.text, page), props.filter_of.is_some());
    let marked = use_state_eq(|| None::<u32>);
    let active = marked.filter(|at| (*at as usize) < names.len());
    let oninput = {
        let (on_text, marked) = (props.on_text.clone(), marked.setter());
        Callback::from(move |event: InputEvent| {
            marked.set(None);
            on_text.emit(typed(event));
        })
    };
    let on_pick = {
        let (on_text, marked, input) = (props.on_text.clone(), marked.setter(), input.clone());
        Callback::from(move |text: String| {
            marked.set(None);
            on_text.emit(text);
            focus(&input);
        })
    };
    let onkeydown = {
        let (on_text, empty) = (props.on_text.clone(), props.text.is_empty());
        let (names, on_pick, marked, closed, text) = (names.clone(), on_pick.clone(), marked.setter(), closed.setter(), props.text.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = cursor::key_of_list(&event).unwrap_or_default();
            let plain = !event.shift_key() && !event.is_composing();
            if let (Some(way), true, "Enter" | "Tab") = (active.and_then(|at| names.get(at as usize)), plain, key.as_str()) {
                event.prevent_default();
                on_pick.emit(way.text.clone());
                return;
            }
            if !names.is_empty() && key == "Escape" {
                event.prevent_default();
                closed.set(Some(text.clone()));
                return;
            }
            let moves = plain && (key == "ArrowDown" || (key == "ArrowUp" && active.is_some()));
            if let (Some(to), true) = (cursor::moved(&key, active, names.len() as u32, 1), moves) {
                event.prevent_default();
                marked.set(Some(to));
                return;
            }
            let leaves = match key.as_str() {
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
                role={completes.then_some("combobox")}
                aria-autocomplete={completes.then_some("list")}
                aria-expanded={completes.then(|| (!names.is_empty()).to_string())}
                aria-controls={(!names.is_empty()).then_some(LIST)}
                aria-activedescendant={active.map(option_id)}
                onfocus={sets(&at_it, |_: FocusEvent| true)}
                onblur={sets(&at_it, |_: FocusEvent| false)}
                {oninput}
                {onkeydown}
            />
            if props.text.is_empty() {
                <kbd class="search__key" aria-hidden="true">{"/"}</kbd>
            } else {
                <button type="button" class="icon-button icon-button--small" aria-label={t!(i18n, "search-clear")} title={t!(i18n, "search-clear")} onclick={clear}>{glyph(Icon::Close)}</button>
            }
            if !names.is_empty() { <NameList names={names.clone()} {active} {on_pick} /> }
            <p id={WRONG} class="search__wrong" role="status" data-testid="search-wrong">{props.wrong.clone()}</p>
        </div>
    }
}
