//! The edge of a heading by which its column is made wider or narrower. For the pointer alone: keys do it in the menu of the columns.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;
use yew::prelude::*;

use super::choices::clamped;
use crate::components::rem::rem_px;

#[derive(Properties, PartialEq)]
pub(super) struct GripProps {
    pub column: &'static str,
    /// How wide the column is, in rem.
    pub rem: f64,
    /// While it is dragged.
    pub on_drag: Callback<f64>,
    /// When it is let go; none where the column is to be as it was at first.
    pub on_done: Callback<Option<f64>>,
}

#[component]
pub(super) fn Grip(props: &GripProps) -> Html {
    let listeners = use_mut_ref(Vec::<EventListener>::new);
    let onmousedown = {
        let (listeners, rem, on_drag, on_done) = (listeners.clone(), props.rem, props.on_drag.clone(), props.on_done.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(window) = web_sys::window().filter(|_| event.button() == 0) else { return };
            // Words are not marked meanwhile, and the heading is not pressed.
            event.prevent_default();
            event.stop_propagation();
            let (start, px) = (f64::from(event.client_x()), rem_px());
            let width = move |event: &Event| {
                let x = event.dyn_ref::<MouseEvent>().map_or(start, |event| f64::from(event.client_x()));
                clamped(rem + (x - start) / px)
            };
            let moved = EventListener::new(&window, "mousemove", {
                let on_drag = on_drag.clone();
                move |event| on_drag.emit(width(event))
            });
            let let_go = EventListener::once(&window, "mouseup", {
                let (listeners, on_done) = (listeners.clone(), on_done.clone());
                move |event| {
                    let x = event.dyn_ref::<MouseEvent>().map_or(start, |event| f64::from(event.client_x()));
                    if (x - start).abs() >= 1.0 {
                        on_done.emit(Some(width(event)));
                    }
                    listeners.borrow_mut().clear();
                }
            });
            *listeners.borrow_mut() = vec![moved, let_go];
        })
    };
    let ondblclick = props.on_done.reform(|event: MouseEvent| {
        event.stop_propagation();
        None
    });
    let onclick = Callback::from(|event: MouseEvent| event.stop_propagation());
    html! { <span class="grip" aria-hidden="true" data-testid={format!("grip-{}", props.column)} {onmousedown} {ondblclick} {onclick} /> }
}
