//! Files that are dragged over the window. Where they lie goes to the engine; the page is told that there are some, and under which name it can have them.

use tauri::{DragDropEvent, Manager, PhysicalPosition, WebviewWindow, WindowEvent};
use tenantry_client::app::Engine;
use tenantry_model::ipc::{FileDrag, FilesDragged, WindowPoint};

use super::events::emit;

/// Tells of them from now on.
pub(crate) fn watch(window: &WebviewWindow) {
    let (app, label) = (window.app_handle().clone(), window.label().to_owned());
    window.on_window_event(move |event| {
        let WindowEvent::DragDrop(event) = event else { return };
        let told = match event {
            // What is dragged without a file, such as text, has no path.
            DragDropEvent::Enter { paths, .. } if !paths.is_empty() => FileDrag::Over,
            DragDropEvent::Drop { paths, position } if !paths.is_empty() => {
                let at = app.get_webview_window(&label).and_then(|window| place(&window, *position));
                let offered = at.and_then(|at| Some((app.state::<Engine>().offer_files(paths.clone())?, at)));
                offered.map_or(FileDrag::Left, |(offer, at)| FileDrag::Dropped { offer, at })
            }
            DragDropEvent::Drop { .. } | DragDropEvent::Leave => FileDrag::Left,
            _ => return,
        };
        emit::<FilesDragged>(&app, &told);
    });
}

/// Where in the window that is; none where the window's size is not known.
fn place(window: &WebviewWindow, at: PhysicalPosition<f64>) -> Option<WindowPoint> {
    let known = window.inner_size().and_then(|size| Ok((size, window.scale_factor()?)));
    let (size, scale) = known.inspect_err(|error| tracing::warn!(%error, "where files were dropped is not known")).ok()?;
    // Called physical everywhere, it is so on Windows alone.
    let unit = if cfg!(windows) { 1.0 } else { scale };
    Some(WindowPoint::of((at.x * unit, at.y * unit), (size.width.into(), size.height.into())))
}
