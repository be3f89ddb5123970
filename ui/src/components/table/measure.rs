//! How wide a text is, in the font of the screens.

use std::cell::RefCell;
use std::collections::HashMap;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The size of the text of a cell, in rem: `--size-m` in `tokens.css`.
const TEXT_REM: f64 = 0.8125;
/// `--font` in `tokens.css`. Asking the page for it would have it lay out what is half drawn.
const FONT: &str = "system-ui, sans-serif";
/// The canvas measures at this size; a width in rem follows from it at every zoom.
const MEASURED_PX: f64 = 100.0;
/// On a screen each letter is drawn at whole pixels, which makes small words wider than large ones by so much.
const ROUNDED: f64 = 1.04;

thread_local! {
    /// Words of screens come again with every row and every draw.
    static KNOWN: RefCell<HashMap<String, f64>> = RefCell::default();
    static CANVAS: Option<CanvasRenderingContext2d> = canvas();
}

fn canvas() -> Option<CanvasRenderingContext2d> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // The weight of what stands out: who fits then fits always.
    context.set_font(&format!("600 {MEASURED_PX}px {FONT}"));
    Some(context)
}

/// How wide a text is in a cell, in rem.
pub(super) fn text_rem(text: &str) -> f64 {
    if let Some(width) = KNOWN.with_borrow(|known| known.get(text).copied()) {
        return width;
    }
    let measured = CANVAS.with(|canvas| Some(canvas.as_ref()?.measure_text(text).ok()?.width() / MEASURED_PX * TEXT_REM * ROUNDED));
    let width = measured.unwrap_or_else(|| text.chars().count() as f64 * 0.6 * TEXT_REM);
    KNOWN.with_borrow_mut(|known| known.insert(text.to_owned(), width));
    width
}

#[cfg(test)]
mod tests {
    use super::FONT;

    #[test]
    fn the_font_that_is_measured_is_the_one_of_the_screens() {
        assert!(include_str!("../../../styles/tokens.css").contains(&format!("--font: {FONT};")));
    }
}
