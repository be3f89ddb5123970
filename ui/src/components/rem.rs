//! The unit of all lengths: the font size of the page's root, which the zoom changes.

/// What a browser shows 1 rem with where nobody has chosen another size.
const PLAIN_REM_PX: f64 = 16.0;

/// How many pixels 1 rem is at present.
pub fn rem_px() -> f64 {
    let size = || {
        let window = web_sys::window()?;
        window.get_computed_style(&window.document()?.document_element()?).ok()??.get_property_value("font-size").ok()
    };
    size().and_then(|size| size.strip_suffix("px")?.parse().ok()).filter(|px| *px > 0.0).unwrap_or(PLAIN_REM_PX)
}
