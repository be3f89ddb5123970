//! Tabs: arrow keys move between them, as screen readers expect.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::cursor;
use super::focus::reveal;

#[derive(Clone, PartialEq)]
pub struct Tab {
    pub label: AttrValue,
    pub count: Option<AttrValue>,
    pub testid: AttrValue,
}

/// The tabs of these values, of which one is up.
pub fn tabs_of<T: Copy + PartialEq + 'static>(
    label: String,
    all: &'static [T],
    up: T,
    tab: impl Fn(T) -> (&'static str, String, Option<String>),
    on_select: impl Fn(T) + 'static,
) -> Html {
    let tabs = all.iter().map(|one| {
        let (testid, label, count) = tab(*one);
        Tab { label: label.into(), count: count.map(AttrValue::from), testid: testid.into() }
    });
    let selected = all.iter().position(|one| *one == up).unwrap_or(0);
    let on_select = move |at: usize| all.get(at).into_iter().for_each(|one| on_select(*one));
    html! { <Tabs {label} tabs={tabs.collect::<Vec<_>>()} {selected} {on_select} /> }
}

#[derive(Properties, PartialEq)]
pub struct TabsProps {
    pub label: AttrValue,
    pub tabs: Vec<Tab>,
    pub selected: usize,
    pub on_select: Callback<usize>,
}

#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let node = use_node_ref();
    // Where there are more than fit, the one that is up is in sight, however one came to it.
    use_effect_with((node.clone(), props.selected), |(node, selected)| {
        let list = node.cast::<Element>().filter(|list| list.scroll_width() > list.client_width());
        reveal(list.and_then(|list| list.children().item(*selected as u32)));
    });
    let onkeydown = {
        let node = node.clone();
        let (on_select, at, count) = (props.on_select.clone(), props.selected as u32, props.tabs.len() as u32);
        Callback::from(move |event: KeyboardEvent| {
            let key = match event.key().as_str() {
                "ArrowRight" => "ArrowDown".to_owned(),
                "ArrowLeft" => "ArrowUp".to_owned(),
                "ArrowDown" | "ArrowUp" | "PageUp" | "PageDown" => return,
                other => other.to_owned(),
            };
            let Some(to) = cursor::moved(&key, Some(at), count, count) else { return };
            event.prevent_default();
            event.stop_propagation();
            on_select.emit(to as usize);
            let tabs = node.cast::<HtmlElement>().map(|list| list.children());
            if let Some(tab) = tabs.and_then(|tabs| tabs.item(to)).and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
                // Fails on what cannot have the focus; a button can.
                let _ = tab.focus();
            }
        })
    };
    html! {
        <div ref={node} class="tabs" role="tablist" aria-label={&props.label} {onkeydown}>
            {for props.tabs.iter().enumerate().map(|(at, tab)| {
                let selected = at == props.selected;
                let on_select = props.on_select.clone();
                html! {
                    <button
                        type="button"
                        key={at}
                        class={classes!("tab", selected.then_some("tab--on"))}
                        role="tab"
                        aria-selected={selected.to_string()}
                        tabindex={if selected { "0" } else { "-1" }}
                        data-testid={&tab.testid}
                        onclick={move |_| on_select.emit(at)}
                    >
                        {&tab.label}
                        if let Some(count) = &tab.count { <span class="tab__count">{count}</span> }
                    </button>
                }
            })}
        </div>
    }
}
