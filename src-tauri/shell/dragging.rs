//! Files that are dragged over the window. Where they lie goes to the engine; the page is told that there are some, and under which name it can have them.

use tauri::{DragDropEvent, Manager, WebviewWindow, WindowEvent};
use tenantry_client::app::Engine;
use tenantry_model::ipc::{FileDrag, FilesDragged};

use super::events::emit;

/// Tells of them from now on.
pub(crate) fn watch(window: &WebviewWindow) {
    let app = window.app_handle().clone();
    window.on_window_event(move |event| {
        let WindowEvent::DragDrop(event) = event else { return };
        let told = match event {
            // What is dragged without a file, such as text, has no path.
            DragDropEvent::Enter { paths, .. } if !paths.is_empty() => FileDrag::Over,
            DragDropEvent::Drop { paths, .. } if !paths.is_empty() => {
                let offer = app.state::<Engine>().offer_files(paths.clone());
                offer.map_or(FileDrag::Left, |offer| FileDrag::Dropped { offer })
            }
            DragDropEvent::Drop { .. } | DragDropEvent::Leave => FileDrag::Left,
            _ => return,
        };
        emit::<FilesDragged>(&app, &told);
    });
}
