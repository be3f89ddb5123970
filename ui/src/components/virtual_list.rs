//! A list of rows of one height, of which only the visible ones exist in the page.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, KeyboardEvent, ResizeObserver};
use yew::prelude::*;

/// Rows drawn beyond each edge, so that slow machines show no gaps while scrolling.
const SPARE: u32 = 6;

#[derive(Properties, PartialEq)]
pub struct VirtualListProps {
    /// The element's id; its rows' ids start with it.
    pub id: AttrValue,
    pub label: AttrValue,
    /// Its role: `grid`, `treegrid` or `listbox`.
    pub role: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// Custom properties for the style sheet.
    #[prop_or_default]
    pub variables: String,
    #[prop_or_default]
    pub busy: bool,
    pub total: u32,
    pub row_px: u32,
    /// The height of what sticks to the top; 0 where nothing does.
    #[prop_or_default]
    pub head_px: u32,
    #[prop_or_default]
    pub head: Html,
    /// Draws a row. Its outermost element must have the id that [`row_id`] makes, and a key.
    pub row: Callback<u32, Html>,
    #[prop_or_default]
    pub active: Option<u32>,
    /// How often the cursor was moved, where it also moves by itself: the list then scrolls to it at a new value alone.
    #[prop_or_default]
    pub moves: Option<u32>,
    /// Whether several rows can be selected.
    #[prop_or_default]
    pub multiselectable: bool,
    /// Whether the keyboard can reach the list itself.
    #[prop_or(true)]
    pub focusable: bool,
    /// A new value scrolls back to the top.
    #[prop_or_default]
    pub reset: u32,
    /// Told which rows are visible: from the first to before the second.
    pub on_visible: Callback<(u32, u32)>,
    /// Told how wide the list is, in pixels.
    #[prop_or_default]
    pub on_width: Callback<u32>,
    /// Keys pressed in the list; the number says how many rows a screen has.
    #[prop_or_default]
    pub on_key: Callback<(KeyboardEvent, u32)>,
}

pub fn row_id(list: &str, at: u32) -> String {
    format!("{list}-row-{at}")
}

/// Scrolls a list on, or back.
pub fn scroll_by(list: &str, px: i64) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(list));
    if let (Some(element), Ok(px)) = (element, i32::try_from(px)) {
        element.set_scroll_top(element.scroll_top().saturating_add(px));
    }
}

fn visible(element: &Element, row_px: u32, head_px: u32) -> (u32, u32) {
    let height = u32::try_from(element.client_height()).unwrap_or(0).saturating_sub(head_px);
    let first = u32::try_from(element.scroll_top()).unwrap_or(0) / row_px;
    (first, first + height.div_ceil(row_px) + 1)
}

fn reveal(element: &Element, at: u32, row_px: u32, head_px: u32) {
    let top = i32::try_from(at * row_px).unwrap_or(i32::MAX);
    let (row, room) = (row_px as i32, element.client_height() - head_px as i32);
    if top < element.scroll_top() {
        element.set_scroll_top(top);
    } else if top + row > element.scroll_top() + room {
        element.set_scroll_top(top + row - room);
    }
}

#[component]
pub fn VirtualList(props: &VirtualListProps) -> Html {
    let node = use_node_ref();
    let range = use_state_eq(|| (0_u32, 30_u32));
    let (row_px, head_px) = (props.row_px, props.head_px);

    let measure = {
        let (node, range, on_visible, on_width) = (node.clone(), range.setter(), props.on_visible.clone(), props.on_width.clone());
        move || {
            if let Some(element) = node.cast::<HtmlElement>() {
                let now = visible(&element, row_px, head_px);
                range.set(now);
                on_visible.emit(now);
                on_width.emit(u32::try_from(element.offset_width()).unwrap_or(0));
            }
        }
    };
    // The observer outlives a render: it tells the rows of the latest.
    let latest = use_mut_ref(|| None::<Rc<dyn Fn()>>);
    *latest.borrow_mut() = Some(Rc::new(measure.clone()));
    use_effect_with((node.clone(), row_px, head_px), {
        let measure = measure.clone();
        move |(node, ..)| {
            measure();
            let changed = Closure::<dyn FnMut()>::new(move || {
                let measure = latest.borrow().clone();
                if let Some(measure) = measure {
                    measure();
                }
            });
            let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, node.cast::<Element>()) {
                observer.observe(&element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(changed);
            }
        }
    });
    use_effect_with(props.reset, {
        let node = node.clone();
        move |_| {
            if let Some(element) = node.cast::<Element>() {
                element.set_scroll_top(0);
            }
        }
    });
    use_effect_with((props.moves, props.active.filter(|_| props.moves.is_none())), {
        let (node, active) = (node.clone(), props.active);
        move |_| {
            if let (Some(at), Some(element)) = (active, node.cast::<Element>()) {
                reveal(&element, at, row_px, head_px);
            }
        }
    });

    let (first, end) = *range;
    let from = first.saturating_sub(SPARE).min(props.total);
    let to = end.saturating_add(SPARE).min(props.total);
    let onscroll = Callback::from(move |_: Event| measure());
    let onkeydown = {
        let (on_key, node) = (props.on_key.clone(), node.clone());
        let screen = end.saturating_sub(first).saturating_sub(2).max(1);
        Callback::from(move |event: KeyboardEvent| {
            // Keys in the headings belong to their buttons.
            if event.target_dyn_into::<Element>() == node.cast::<Element>() {
                on_key.emit((event, screen));
            }
        })
    };
    let active = props.active.filter(|at| *at < props.total).map(|at| row_id(&props.id, at));
    let is_grid = props.role != "listbox";
    html! {
        <div
            ref={node}
            id={&props.id}
            class={classes!("list", props.class.clone())}
            role={&props.role}
            aria-label={&props.label}
            aria-busy={props.busy.then_some("true")}
            aria-rowcount={is_grid.then(|| (props.total + 1).to_string())}
            aria-multiselectable={props.multiselectable.then_some("true")}
            aria-activedescendant={active.filter(|_| props.focusable)}
            tabindex={if props.focusable { "0" } else { "-1" }}
            ~style={props.variables.clone()}
            {onscroll}
            {onkeydown}
        >
            {props.head.clone()}
            <div class="list__body" role={is_grid.then_some("rowgroup")} ~style={format!("height:{}px", props.total * row_px)}>
                <div class="list__window" role="presentation" ~style={format!("transform:translateY({}px)", from * row_px)}>
                    {for (from..to).map(|at| props.row.emit(at))}
                </div>
            </div>
        </div>
    }
}
