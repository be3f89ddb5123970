//! F6 and Shift+F6: from the navigation to the list, to what is open beside it, and round.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::keeper::{dialog, focus_title, pane};
use super::{MAIN_LIST, document, focus_page_title, shown_page, within};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Region {
    Navigation,
    List,
    Pane,
}

/// The region after this one, or before it; from elsewhere the first, or the last.
fn next(here: Option<Region>, back: bool, has_pane: bool) -> Region {
    let all: &[Region] = if has_pane { &[Region::Navigation, Region::List, Region::Pane] } else { &[Region::Navigation, Region::List] };
    let count = all.len();
    let at = here.and_then(|here| all.iter().position(|one| *one == here));
    let to = match (at, back) {
        (Some(at), false) => (at + 1) % count,
        (Some(at), true) => (at + count - 1) % count,
        (None, false) => 0,
        (None, true) => count - 1,
    };
    all[to]
}

/// See the module. Answers whether it moved: behind a dialog nothing can be reached.
pub fn move_between_regions(back: bool) -> bool {
    let Some(document) = document().filter(|_| dialog().is_none()) else { return false };
    let Some(active) = document.active_element() else { return false };
    let navigation = document.query_selector("nav.nav").ok().flatten();
    let (pane, page) = (pane(), shown_page());
    let holds = |element: &Option<Element>| element.as_ref().is_some_and(|element| element.contains(Some(&active)));
    let here = if holds(&navigation) {
        Some(Region::Navigation)
    } else if holds(&pane) {
        Some(Region::Pane)
    } else {
        holds(&page).then_some(Region::List)
    };
    match next(here, back, pane.is_some()) {
        Region::Navigation => {
            navigation.and_then(|nav| within(&nav, "[aria-current=page]").or_else(|| within(&nav, "a"))).is_some_and(focus)
        }
        Region::List => page.and_then(|page| within(&page, &format!("#{MAIN_LIST}"))).is_some_and(focus) || focus_page_title(),
        Region::Pane => pane.is_some_and(|pane| focus_title(&pane)),
    }
}

fn focus(element: Element) -> bool {
    element.dyn_into::<HtmlElement>().is_ok_and(|element| element.focus().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_05_f6_goes_round_the_regions_and_back() {
        use Region::{List, Navigation, Pane};
        let round = |from: Region, back: bool| next(Some(from), back, true);
        assert_eq!([round(Navigation, false), round(List, false), round(Pane, false)], [List, Pane, Navigation]);
        assert_eq!([round(Navigation, true), round(List, true), round(Pane, true)], [Pane, Navigation, List]);
        assert_eq!(next(Some(List), false, false), Navigation, "without a pane there are two");
        assert_eq!((next(None, false, true), next(None, true, true)), (Navigation, Pane));
        assert_eq!(next(Some(Pane), false, false), Navigation, "the pane went away meanwhile");
    }
}
