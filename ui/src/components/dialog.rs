//! A question that stands before everything else.

use std::cell::Cell;

use web_sys::{HtmlDialogElement, KeyboardEvent};
use yew::prelude::*;

use super::focus::focus;

#[derive(Properties, PartialEq)]
pub struct DialogProps {
    pub title: AttrValue,
    /// Closed without an answer (Esc).
    pub on_cancel: Callback<()>,
    #[prop_or_default]
    pub wide: bool,
    #[prop_or_default]
    pub class: Classes,
    /// Whether the focus begins at the title: where what it is about is still to come, the first control would be one of no use yet.
    #[prop_or_default]
    pub begins_at_title: bool,
    pub children: Html,
}

thread_local! {
    static MADE: Cell<u32> = const { Cell::new(0) };
}

/// A native dialog: the rest of the window is inert while it stands.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let (node, heading) = (use_node_ref(), use_node_ref());
    // One may stand over another.
    let id = use_memo((), |()| {
        let made = MADE.get().wrapping_add(1);
        MADE.set(made);
        format!("dialog-title-{made}")
    });
    use_effect_with((), {
        let (node, heading) = (node.clone(), Some(heading.clone()).filter(|_| props.begins_at_title));
        move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                // Fails where it is open already.
                let _ = dialog.show_modal();
                // A button that has the focus is in sight wherever it is scrolled; what is asked stands at the top.
                dialog.set_scroll_top(0);
            }
            if let Some(heading) = heading {
                focus(&heading);
            }
            // Where the focus goes once it is gone, the keeper of the focus decides, as everywhere.
        }
    });
    // Esc closes the dialog, and not the pane behind it as well.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
        }
    });
    let oncancel = {
        let on_cancel = props.on_cancel.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_cancel.emit(());
        })
    };
    html! {
        <dialog ref={node} class={classes!("dialog", props.wide.then_some("dialog--wide"), props.class.clone())} aria-labelledby={(*id).clone()} {oncancel} {onkeydown}>
            <h2 ref={heading} id={(*id).clone()} class="dialog__title" tabindex={props.begins_at_title.then_some("-1")}>{&props.title}</h2>
            {props.children.clone()}
        </dialog>
    }
}
