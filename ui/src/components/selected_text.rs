//! Text that somebody has marked, to copy it.

use web_sys::{MouseEvent, Node};
use yew::TargetCast;

/// Whether a click is the end of marking text where it was.
pub fn ends_selection(click: &MouseEvent) -> bool {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    let (Some(selection), Some(node)) = (selection, click.target_dyn_into::<Node>()) else { return false };
    let is_here = || selection.contains_node_with_allow_partial_containment(&node, true).unwrap_or(false);
    !selection.is_collapsed() && is_here()
}
