//! The one window: kept where it was, shown when its page has loaded, and confined to the app's own pages.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use tauri::plugin::TauriPlugin;
use tauri::utils::config::Color;
use tauri::webview::{NewWindowResponse, PageLoadEvent, PermissionResponse};
use tauri::{AppHandle, Manager, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;

use super::dragging;
use super::placing::bring_in;

/// The window's label, which its capability names.
pub(crate) const LABEL: &str = "main";
/// The window is shown after this long even if its page has not loaded: a window that stays away tells nobody anything.
const PATIENCE: Duration = Duration::from_millis(1500);
/// What is seen before the page's first frame in the dark: near to the page's own colour.
const DARK: Color = Color(0x14, 0x17, 0x1c, 0xff);

/// Keeps the window's place and size in the data folder.
pub(crate) fn state_plugin(data: &Path) -> TauriPlugin<Wry> {
    let kept = StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED;
    let file = data.join("window.json");
    tauri_plugin_window_state::Builder::new().with_state_flags(kept).with_filename(file.to_string_lossy()).build()
}

pub(crate) fn open(app: &AppHandle, data: &Path) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Tenantry")
        .inner_size(1280.0, 800.0)
        // Less than a small laptop has whose system shows everything at 200 %.
        .min_inner_size(640.0, 360.0)
        .center()
        .visible(false)
        .data_directory(data.join("webview"))
        .general_autofill_enabled(false)
        .on_navigation(|url| {
            let own = is_own_page(url);
            if !own {
                tracing::warn!(scheme = url.scheme(), "the window was asked to leave the app, and stays");
            }
            own
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        // After the page that shows, in the list of windows too.
        .on_document_title_changed(|window, title| drop(window.set_title(&title)))
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                tracing::info!("the window's page is loaded");
                // A page that is loaded again must not come to the front by itself.
                if !window.is_visible().unwrap_or(false) {
                    show(window.app_handle());
                }
            }
        })
        .build()?;
    if window.theme().is_ok_and(|theme| theme == Theme::Dark) {
        // Looks only: the window works without.
        let _ = window.set_background_color(Some(DARK));
    }
    dragging::watch(&window);
    // Some systems give a window its size when it is seen, and not before.
    let (seen, placed) = (Once::new(), window.clone());
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Focused(true)) {
            seen.call_once(|| place(&placed));
        }
    });
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PATIENCE).await;
        if app.get_webview_window(LABEL).is_some_and(|window| !window.is_visible().unwrap_or(true)) {
            show(&app);
        }
    });
    Ok(())
}

fn place(window: &WebviewWindow) {
    if let Err(error) = bring_in(window) {
        tracing::warn!(%error, "whether the window is on a screen could not be found out");
    }
}

/// Brings the window to the front.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    place(&window);
    let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// The app's own pages; the web view gives them an address of the web on Windows.
fn is_own_page(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => url.port().is_none(),
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows) && url.port().is_none(),
        _ => url.as_str() == "about:blank",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_the_apps_own_pages_alone() {
        for own in ["tauri://localhost/", "tauri://localhost/rooms?x=1", "about:blank"] {
            assert!(is_own_page(&Url::parse(own).unwrap()), "{own}");
        }
        let foreign = [
            "https://login.example/",
            "http://localhost/",
            "tauri://localhost.example/",
            "tauri://other/",
            "tauri://localhost:81/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:srcdoc",
            "http://tauri.localhost.example/",
        ];
        for foreign in foreign {
            assert!(!is_own_page(&Url::parse(foreign).unwrap()), "{foreign}");
        }
    }
}
