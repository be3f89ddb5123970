//! A button with something that opens below it.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, Node};
use yew::prelude::*;

use super::focus::{Axis, focus, focus_first, move_by_arrows, reveal};

/// What arrows lead to in a panel.
const ITEMS: &str = ".popover__panel :is(a[href], button, input, select):not([tabindex='-1'])";

#[derive(Properties, PartialEq)]
pub struct PopoverProps {
    pub open: bool,
    pub on_toggle: Callback<bool>,
    pub button: Html,
    #[prop_or_default]
    pub class: Classes,
    /// The button's name where its content is not enough.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    #[prop_or_default]
    pub title: Option<AttrValue>,
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// The letter that presses the button: see the shell's table of keys.
    #[prop_or_default]
    pub letter: Option<AttrValue>,
    /// What opens: `dialog`, `menu` or `listbox`.
    #[prop_or(AttrValue::Static("dialog"))]
    pub popup: AttrValue,
    #[prop_or_default]
    pub panel_class: Classes,
    /// What stands beside the button, inside the same frame.
    #[prop_or_default]
    pub after: Html,
    #[prop_or_default]
    pub children: Html,
}

/// See the module. What opens takes the focus, and arrows, Home and End move in it. A press outside and Esc close it; the focus goes back to the
/// button.
#[component]
pub fn Popover(props: &PopoverProps) -> Html {
    let frame = use_node_ref();
    let button = use_node_ref();
    use_effect_with((props.open, props.on_toggle.clone()), {
        let frame = frame.clone();
        move |(open, on_toggle)| {
            let listener = open.then(|| web_sys::window()?.document()).flatten().map(|document| {
                let on_toggle = on_toggle.clone();
                EventListener::new(&document, "mousedown", move |event| {
                    let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                    if frame.cast::<Node>().is_some_and(|frame| !frame.contains(target.as_ref())) {
                        on_toggle.emit(false);
                    }
                })
            });
            move || drop(listener)
        }
    });
    use_effect_with(props.open, {
        let frame = frame.clone();
        move |open| {
            // A search box inside has taken it already.
            let active = web_sys::window().and_then(|window| window.document()?.active_element());
            let panel = frame.cast::<Element>().and_then(|frame| frame.query_selector(".popover__panel").ok().flatten());
            if *open && !panel.as_ref().is_some_and(|panel| panel.contains(active.as_deref())) {
                focus_first(&frame, ITEMS);
            }
            // In a large zoom it may begin where the window ends.
            reveal(panel.filter(|_| *open));
        }
    });
    let onkeydown = {
        let (on_toggle, button, open) = (props.on_toggle.clone(), button.clone(), props.open);
        Callback::from(move |event: KeyboardEvent| {
            if open && event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                on_toggle.emit(false);
                focus(&button);
            } else if open {
                move_by_arrows(&event, ".popover", ITEMS, Axis::Column);
            } else if event.key() == "ArrowDown" && event.target_dyn_into::<Node>() == button.cast::<Node>() {
                event.prevent_default();
                on_toggle.emit(true);
            }
        })
    };
    let onclick = {
        let (on_toggle, open) = (props.on_toggle.clone(), props.open);
        Callback::from(move |_| on_toggle.emit(!open))
    };
    html! {
        <div class={classes!("popover", props.open.then_some("popover--open"))} ref={frame} {onkeydown}>
            <button
                type="button"
                ref={button}
                class={props.class.clone()}
                aria-haspopup={&props.popup}
                aria-expanded={props.open.to_string()}
                aria-label={props.label.clone()}
                title={props.title.clone()}
                data-testid={props.testid.clone()}
                data-letter={props.letter.clone()}
                aria-keyshortcuts={props.letter.clone()}
                {onclick}
            >{props.button.clone()}</button>
            {props.after.clone()}
            if props.open {
                <div class={classes!("popover__panel", props.panel_class.clone())}>{props.children.clone()}</div>
            }
        </div>
    }
}
