//! The process behind the window's page. Where it ends, the window goes on showing the page's last picture: it is loaded again, and where that
//! does not help, the user is told.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager};

use super::message::{self, Answer, Message};
use super::window;

/// How often the page is loaded again within [`SPAN`] before the user is told instead.
const RELOADS: usize = 3;
const SPAN: Duration = Duration::from_secs(10 * 60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Reload,
    Tell,
}

/// When the page was loaded again.
#[derive(Debug, Default)]
struct Reloads(VecDeque<Instant>);

impl Reloads {
    /// What is done about an end at this moment.
    fn step(&mut self, now: Instant) -> Step {
        self.0.retain(|at| now.saturating_duration_since(*at) < SPAN);
        if self.0.len() >= RELOADS {
            return Step::Tell;
        }
        self.0.push_back(now);
        Step::Reload
    }
}

/// Sees to it that the page comes back. One for each app.
#[derive(Clone)]
pub(crate) struct WebProcess {
    reloads: Arc<Mutex<Reloads>>,
    data: PathBuf,
}

impl WebProcess {
    pub(crate) fn new(data: &Path) -> Self {
        Self { reloads: Arc::default(), data: data.to_owned() }
    }

    /// Watches the window's page from now on. On macOS the app's builder is told instead: see [`WebProcess::ended`].
    pub(crate) fn watch(&self, app: &AppHandle) -> tauri::Result<()> {
        let Some(window) = app.get_webview_window(window::LABEL) else { return Ok(()) };
        #[cfg(target_os = "linux")]
        window.with_webview({
            let (process, app) = (self.clone(), app.clone());
            move |view| {
                use webkit2gtk::WebViewExt;
                view.inner().connect_web_process_terminated(move |_, why| process.ended(&app, &format!("{why:?}")));
            }
        })?;
        #[cfg(windows)]
        window.with_webview({
            let (process, app) = (self.clone(), app.clone());
            move |view| {
                if let Err(error) = windows::watch(&view, process, app) {
                    tracing::warn!(%error, "the end of the window's page would not be noticed");
                }
            }
        })?;
        #[cfg(target_os = "macos")]
        drop(window);
        Ok(())
    }

    /// The process has ended, for this reason: it is loaded again, or the user is told.
    pub(crate) fn ended(&self, app: &AppHandle, why: &str) {
        let step = self.reloads.lock().unwrap_or_else(PoisonError::into_inner).step(Instant::now());
        self.take(step, app, why);
    }

    /// The web view itself has ended, for this reason: nothing can be loaded into it.
    #[cfg(windows)]
    fn view_ended(&self, app: &AppHandle, why: &str) {
        self.take(Step::Tell, app, why);
    }

    fn take(&self, step: Step, app: &AppHandle, why: &str) {
        tracing::error!(why, ?step, "the process of the window's page has ended");
        let (process, app) = (self.clone(), app.clone());
        // Not from within the web view's own call.
        tauri::async_runtime::spawn(async move {
            let done = match step {
                Step::Reload => reload(&app),
                Step::Tell => app.clone().run_on_main_thread(move || process.tell(&app)),
            };
            if let Err(error) = done {
                tracing::error!(%error, "the window's page cannot be loaded again");
            }
        });
    }

    fn tell(&self, app: &AppHandle) {
        match message::ask(&Message::page_ended(&self.data)) {
            // Anew from its beginning: what is left of the web view may be of no use. The engine gives up its folder first.
            Answer::TryAgain => app.request_restart(),
            Answer::Close => app.exit(1),
        }
    }
}

fn reload(app: &AppHandle) -> tauri::Result<()> {
    app.get_webview_window(window::LABEL).map_or(Ok(()), |window| window.reload())
}

#[cfg(windows)]
mod windows {
    use tauri::webview::PlatformWebview;
    use webview2_com::Microsoft::Web::WebView2::Win32::{
        COREWEBVIEW2_PROCESS_FAILED_KIND, COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED,
    };
    use webview2_com::ProcessFailedEventHandler;

    /// Of the processes behind a web view only these take the page along; the others come back by themselves.
    #[expect(unsafe_code, reason = "COM; the web view outlives its handler")]
    pub(super) fn watch(
        view: &PlatformWebview,
        process: super::WebProcess,
        app: tauri::AppHandle,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let handler = ProcessFailedEventHandler::create(Box::new(move |_, failed| {
            let Some(failed) = failed else { return Ok(()) };
            let mut kind = COREWEBVIEW2_PROCESS_FAILED_KIND::default();
            unsafe { failed.ProcessFailedKind(&mut kind)? };
            match kind {
                COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED => process.ended(&app, "the renderer"),
                COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED => process.view_ended(&app, "the browser"),
                _ => {}
            }
            Ok(())
        }));
        let mut token = 0;
        unsafe { view.controller().CoreWebView2()?.add_ProcessFailed(&handler, &mut token)? };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_10_the_page_is_loaded_again_three_times_in_ten_minutes_and_then_the_user_is_told() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut reloads = Reloads::default();
        let steps: Vec<_> = [0, 1, 599, 599, 600, 600, 601, 602].map(|second| reloads.step(at(second))).to_vec();
        use Step::{Reload, Tell};
        assert_eq!(steps, [Reload, Reload, Reload, Tell, Reload, Tell, Reload, Tell]);
    }
}
