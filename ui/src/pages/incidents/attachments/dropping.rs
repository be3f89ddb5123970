//! Files that are dropped on the window: whether they are for the incident of a pane, and what is said where they are not taken.

use tenantry_model::ipc::{IpcError, WindowPoint};
use web_sys::Element;
use yew::prelude::*;

use crate::components::notice::{Tone, failed, notice};
use crate::hooks::no_dialog_is_open;
use crate::i18n::{I18n, t};

/// Why files that were dropped were not taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NotTaken {
    /// A dialog stands before the pane.
    Dialog,
    /// They were dropped beside the pane: on another incident, perhaps.
    Beside,
    /// It is not known yet what the incident has.
    Loading,
    /// The incident takes none.
    Closed(AttrValue),
    Failed(IpcError),
}

impl NotTaken {
    pub(super) fn shown(&self, i18n: &I18n) -> Html {
        let why = match self {
            Self::Dialog => html! { <p>{t!(i18n, "attachment-drop-dialog")}</p> },
            Self::Beside => html! { <p>{t!(i18n, "attachment-drop-beside")}</p> },
            Self::Loading => html! { <p>{t!(i18n, "attachment-drop-loading")}</p> },
            Self::Closed(why) => html! { <p>{why}</p> },
            Self::Failed(error) => failed(i18n, error),
        };
        notice(Tone::Bad, "drop-not-taken", html! { <><p>{t!(i18n, "attachment-drop-not-taken")}</p>{why}</> })
    }
}

/// Whether what is dropped there is for what this body of a pane shows; none where the pane is not on screen: then it concerns another page.
pub(super) fn is_for(body: &NodeRef, at: WindowPoint) -> Option<Result<(), NotTaken>> {
    let body = body.cast::<Element>().filter(|body| body.closest("[hidden]").ok().flatten().is_none())?;
    if !no_dialog_is_open() {
        return Some(Err(NotTaken::Dialog));
    }
    let window = web_sys::window()?;
    let length = |length: Result<wasm_bindgen::JsValue, _>| length.ok().and_then(|length| length.as_f64());
    let size = (length(window.inner_width())?, length(window.inner_height())?);
    let (x, y) = in_page(at, size);
    let under = window.document()?.element_from_point(x, y);
    let pane = body.closest(".pane").ok().flatten().unwrap_or(body);
    Some(if pane.contains(under.as_deref()) { Ok(()) } else { Err(NotTaken::Beside) })
}

/// The same place in a page of this size.
fn in_page(at: WindowPoint, (width, height): (f64, f64)) -> (f32, f32) {
    let of = |part: u32, whole: f64| (f64::from(part) * whole / f64::from(WindowPoint::WHOLE)) as f32;
    (of(at.across, width), of(at.down, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r82_where_files_were_dropped_is_the_same_place_whatever_a_point_is_on_the_screen() {
        // A window of 1600 by 900 points, twice as many on the screen.
        for (x, y) in [(0.0, 0.0), (400.0, 300.0), (1600.0, 900.0)] {
            let at = WindowPoint::of((x * 2.0, y * 2.0), (3200.0, 1800.0));
            let (across, down) = in_page(at, (1600.0, 900.0));
            assert!((f64::from(across) - x).abs() < 0.5 && (f64::from(down) - y).abs() < 0.5, "{across}, {down}");
        }
        assert_eq!(WindowPoint::of((-5.0, 99.0), (0.0, 10.0)), WindowPoint { across: 0, down: WindowPoint::WHOLE });
    }
}
