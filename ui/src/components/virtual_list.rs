//! A list of rows of one height, of which only the visible ones exist in the page.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, KeyboardEvent, ResizeObserver};
use yew::prelude::*;

use super::rem::rem_px;
use super::slots::Slots;

/// Rows drawn beyond each edge, so that slow machines show no gaps while scrolling.
const SPARE: u32 = 6;

/// How many rows are taken to be visible before the list is measured: as in the window that the app opens at first.
const UNMEASURED_ROWS: u32 = 16;

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
    /// The height of a row, in rem: rows grow with the zoom.
    pub row_rem: f64,
    /// How many columns a grid has.
    #[prop_or_default]
    pub columns: Option<u32>,
    /// The height of what sticks to the top; 0 where nothing does.
    #[prop_or_default]
    pub head_rem: f64,
    #[prop_or_default]
    pub head: Html,
    /// Draws a row; another callback draws all of them anew. The outermost element must have the id that [`row_id`] makes, and a key.
    pub row: Callback<u32, Html>,
    #[prop_or_default]
    pub active: Option<u32>,
    /// How often the cursor was moved, where it also moves by itself: the list then scrolls to it at a new value alone.
    #[prop_or_default]
    pub moves: Option<u32>,
    /// Whether several rows can be selected.
    #[prop_or_default]
    pub multiselectable: bool,
    /// Whether the elements of rows that went show those that come. A press that ends on an element may then have begun on another row.
    #[prop_or_default]
    pub reuses: bool,
    /// Whether the keyboard can reach the list itself.
    #[prop_or(true)]
    pub focusable: bool,
    /// A new value scrolls back to the top.
    #[prop_or_default]
    pub reset: u32,
    /// Told which rows are visible: from the first to before the second.
    pub on_visible: Callback<(u32, u32)>,
    /// Told how wide the list is, in rem.
    #[prop_or_default]
    pub on_width: Callback<f64>,
    /// Keys pressed in the list; the number says how many rows a screen has.
    #[prop_or_default]
    pub on_key: Callback<(KeyboardEvent, u32)>,
}

pub fn row_id(list: &str, at: u32) -> String {
    format!("{list}-row-{at}")
}

/// Scrolls a list on by so many rows, or back.
pub fn scroll_by(list: &str, rows: i64, row_rem: f64) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(list));
    if let Some(element) = element {
        element.set_scroll_top(Port::of(&element, row_rem, 0.0).moved(rows));
    }
}

/// Where what is seen of a list lies, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Port {
    scroll_top: i32,
    height: i32,
    row: f64,
    head: f64,
}

fn whole(px: f64) -> i32 {
    px.round() as i32
}

impl Port {
    fn of(element: &Element, row_rem: f64, head_rem: f64) -> Self {
        let rem = rem_px();
        Self { scroll_top: element.scroll_top(), height: element.client_height(), row: row_rem * rem, head: head_rem * rem }
    }

    /// The row at the top. The place is a whole number of pixels, and a row may be not: half a pixel above the next row is at that row.
    fn first(self) -> u32 {
        ((f64::from(self.scroll_top.max(0)) + 0.5) / self.row) as u32
    }

    /// Where to scroll to so that the row so many rows on is where the one at the top is now. It goes from one edge to another: what one way is
    /// rounded by would add up, where rows arrive one after the other.
    fn moved(self, rows: i64) -> i32 {
        let edge = |at: i64| whole(at as f64 * self.row);
        let first = i64::from(self.first());
        edge(first + rows).saturating_add(self.scroll_top - edge(first))
    }

    /// Which rows are visible: from the first to before the second.
    fn visible(self) -> (u32, u32) {
        let height = (f64::from(self.height) - self.head).max(0.0);
        let first = self.first();
        (first, first + (height / self.row).ceil() as u32 + 1)
    }

    /// Where to scroll to so that the row is seen; none where it is.
    fn reveal(self, at: u32) -> Option<i32> {
        let (top, end) = (f64::from(at) * self.row, f64::from(at + 1) * self.row);
        let room = f64::from(self.height) - self.head;
        if whole(top) < self.scroll_top { Some(whole(top)) } else { (whole(end - room) > self.scroll_top).then(|| whole(end - room)) }
    }

    /// Where to scroll to so that the same row is at the top as was with rows of another height. The place now does not tell: the web view
    /// has cut it to the new height already.
    fn at_same_row(self, before: Self) -> i32 {
        whole(f64::from(before.scroll_top) / before.row * self.row)
    }
}

fn in_next_frame(work: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        // Without frames nobody sees where the list is.
        let _ = window.request_animation_frame(Closure::once_into_js(work).unchecked_ref());
    }
}

/// The row under the cursor, if it is in the page: nothing may name one that is not.
fn drawn(active: Option<u32>, from: u32, to: u32) -> Option<u32> {
    active.filter(|at| (from..to).contains(at))
}

/// With the headings; -1 while it is not known.
fn row_count(total: u32, busy: bool) -> String {
    if busy { "-1".to_owned() } else { (total + 1).to_string() }
}

#[component]
pub fn VirtualList(props: &VirtualListProps) -> Html {
    let node = use_node_ref();
    let range = use_state_eq(|| (0, UNMEASURED_ROWS));
    let (row_rem, head_rem) = (props.row_rem, props.head_rem);
    // As it was when last measured: the zoom changes the rows' height.
    let before = use_mut_ref(|| None::<Port>);

    let measure = {
        let (node, before) = (node.clone(), before.clone());
        let (range, on_visible, on_width) = (range.setter(), props.on_visible.clone(), props.on_width.clone());
        move || {
            if let Some(element) = node.cast::<HtmlElement>() {
                let mut port = Port::of(&element, row_rem, head_rem);
                let last = *before.borrow();
                if let Some(last) = last.filter(|last| last.row != port.row) {
                    element.set_scroll_top(port.at_same_row(last));
                    // The end of the list may be nearer.
                    port.scroll_top = element.scroll_top();
                }
                *before.borrow_mut() = Some(port);
                let now = port.visible();
                range.set(now);
                on_visible.emit(now);
                on_width.emit(f64::from(element.offset_width()) / rem_px());
            }
        }
    };
    // The observer outlives a render: it tells the rows of the latest.
    let latest = use_mut_ref(|| None::<Rc<dyn Fn()>>);
    *latest.borrow_mut() = Some(Rc::new(measure.clone()));
    use_effect_with((node.clone(), row_rem, head_rem), {
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
                // Its rows grow with the zoom, when the list itself may not.
                if let Some(body) = element.last_element_child() {
                    observer.observe(&body);
                }
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
        let (node, before) = (node.clone(), before.clone());
        move |_| {
            // Asking where the list is costs a layout of the page, before the rows are even asked for: with the next frame it is free. Until then it may
            // have been scrolled without anybody hearing of it.
            let Some(element) = node.cast::<Element>() else { return };
            if before.borrow().is_some_and(|port| port.scroll_top == 0) {
                in_next_frame(move || {
                    if element.scroll_top() != 0 {
                        element.set_scroll_top(0);
                    }
                });
            } else {
                element.set_scroll_top(0);
            }
        }
    });
    use_effect_with((props.moves, props.active.filter(|_| props.moves.is_none())), {
        let (node, before, active) = (node.clone(), before.clone(), props.active);
        move |_| {
            if let (Some(at), Some(element)) = (active, node.cast::<Element>())
                && let port = Port::of(&element, row_rem, head_rem)
                && let Some(top) = port.reveal(at)
            {
                element.set_scroll_top(top);
                // The event that tells of it comes later, and may come after a reset.
                *before.borrow_mut() = Some(Port { scroll_top: top, ..port });
            }
        }
    });

    // Rows that nobody sees yet are drawn once those that one sees are on the screen.
    let spare = use_state_eq(|| 0);
    use_effect_with(props.busy, {
        let spare = spare.setter();
        move |busy| {
            if !busy {
                in_next_frame(move || spare.set(SPARE));
            }
        }
    });
    let (first, end) = *range;
    let from = first.saturating_sub(*spare).min(props.total);
    let to = end.saturating_add(*spare).min(props.total);
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
    let active = drawn(props.active, from, to).map(|at| row_id(&props.id, at));
    let is_grid = props.role != "listbox";
    html! {
        <div
            ref={node}
            id={&props.id}
            class={classes!("list", props.class.clone())}
            role={&props.role}
            aria-label={&props.label}
            aria-busy={props.busy.then_some("true")}
            aria-rowcount={is_grid.then(|| row_count(props.total, props.busy))}
            aria-colcount={props.columns.filter(|_| is_grid).map(|count| count.to_string())}
            aria-multiselectable={props.multiselectable.then_some("true")}
            aria-activedescendant={active.filter(|_| props.focusable)}
            tabindex={if props.focusable { "0" } else { "-1" }}
            ~style={props.variables.clone()}
            {onscroll}
            {onkeydown}
        >
            {props.head.clone()}
            <div class="list__body" role={is_grid.then_some("rowgroup")} ~style={format!("height:{}rem", f64::from(props.total) * row_rem)}>
                <div class="list__window" role="presentation" ~style={format!("transform:translateY({}rem)", f64::from(from) * row_rem)}>
                    <DrawnRows {from} {to} row={&props.row} reuses={props.reuses} />
                </div>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct DrawnRowsProps {
    from: u32,
    to: u32,
    row: Callback<u32, Html>,
    reuses: bool,
}

/// The rows that are in the page. Apart from what is around them: they are most of it, and stay when that changes.
#[component]
fn DrawnRows(props: &DrawnRowsProps) -> Html {
    let slots = use_mut_ref(Slots::default);
    let rows = (props.from..props.to).map(|at| props.row.emit(at));
    if props.reuses { slots.borrow_mut().place(rows.collect()).into_iter().collect() } else { rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW_REM: f64 = 2.25;

    fn port(scroll_top: i32, rem: f64) -> Port {
        Port { scroll_top, height: 400, row: ROW_REM * rem, head: 2.0 * rem }
    }

    #[test]
    fn fault_9_06_what_is_visible_follows_the_zoom() {
        assert_eq!(port(0, 16.0).visible(), (0, 12));
        assert_eq!(port(0, 32.0).visible(), (0, 6), "half as many at 200 %");
        assert_eq!(port(36 * 100, 16.0).visible().0, 100);
        assert_eq!(port(72 * 100, 32.0).visible().0, 100);
        // 39.6 px a row, where the place is a whole number: 3960 is the 100th row, and so is 1980 the 50th.
        assert_eq!((port(3960, 17.6).visible().0, port(1980, 17.6).visible().0), (100, 50));
        assert_eq!(port(119, 17.6).visible().0, 3, "118.8");
    }

    #[test]
    fn fault_9_06_the_row_under_the_cursor_is_scrolled_to_at_every_zoom() {
        assert_eq!(port(0, 16.0).reveal(3), None);
        assert_eq!(port(0, 16.0).reveal(20), Some(21 * 36 - 368));
        assert_eq!(port(0, 32.0).reveal(20), Some(21 * 72 - 336));
        assert_eq!(port(7200, 32.0).reveal(3), Some(216));
    }

    #[test]
    fn fault_9_06_zooming_leaves_the_same_row_at_the_top() {
        let zoomed = port(3600, 32.0);
        assert_eq!(zoomed.at_same_row(port(3600, 16.0)), 7200);
        assert_eq!(Port { scroll_top: 7200, ..zoomed }.visible().0, port(3600, 16.0).visible().0);
        // 1,000 rows at their end: at 100 % the web view has cut the place to the new end before anybody measures.
        let (end, cut) = (port(72_000 - 336, 32.0), port(36_000 - 368, 16.0));
        assert_eq!(cut.at_same_row(end), 35_832, "the 995th, of which the end shows the 989th and those after it");
    }

    #[test]
    fn fault_9_06_rows_that_arrive_above_move_the_list_by_their_height_at_every_zoom() {
        for percent in [80, 90, 110, 125, 150, 175] {
            let rem = f64::from(percent) * 0.16;
            for start in 0..60 {
                let mut here = port(start, rem);
                for _ in 0..1000 {
                    here.scroll_top = here.moved(1);
                }
                let drift = f64::from(here.scroll_top - start) - 1000.0 * here.row;
                assert!(drift.abs() <= 1.0, "{drift} px at {percent} % from {start}");
                assert_eq!(here.moved(0), here.scroll_top);
            }
        }
    }

    #[test]
    fn fault_9_11_a_list_names_no_active_row_that_was_scrolled_out_of_the_page() {
        assert_eq!(drawn(Some(5), 0, 40), Some(5));
        assert_eq!(drawn(Some(5), 90, 130), None, "the cursor stayed above");
        assert_eq!(drawn(Some(40), 0, 40), None);
    }

    #[test]
    fn fault_9_11_a_grid_says_how_many_rows_it_has_or_that_nobody_knows() {
        assert_eq!((row_count(20, false).as_str(), row_count(12, true).as_str()), ("21", "-1"));
    }
}
