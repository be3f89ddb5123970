//! From the command line to the running app. Nothing here waits for network or keychain: the engine sees to those later.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

use tauri::{App, Manager, RunEvent};
use tenantry_client::app::{Engine, EngineConfig, OpenError};
use tenantry_client::clock::SystemClock;
use tenantry_client::keychain::OsKeychain;
use tenantry_model::ipc::NavigationTarget;

use crate::commands;
use crate::shell::command_line::{self, Invocation};
use crate::shell::folders::FolderError;
use crate::shell::message::{self, Answer, Message};
#[cfg(target_os = "macos")]
use crate::shell::navigation;
use crate::shell::navigation::PendingNavigation;
use crate::shell::opener::SystemBrowser;
use crate::shell::web_process::WebProcess;
use crate::shell::{display, events, folders, log, managed, single_instance, window};

/// How long the engine may take to put things away when the app ends. It waits for a renewal of tokens first, two seconds at most.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(6);

/// Runs the app until its window is closed.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "answers to the command line")]
pub fn start() -> ExitCode {
    let words: Vec<String> = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let target = match command_line::read(words.iter().map(String::as_str)) {
        Invocation::Version => {
            println!("tenantry {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Invocation::Help => {
            println!("{}", command_line::HELP);
            return ExitCode::SUCCESS;
        }
        Invocation::Open(target) => target,
    };
    display::prepare();
    match run(target) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the app cannot run");
            // Before there is a log, this is all that a terminal gets.
            eprintln!("tenantry: {error}");
            match error.message().map(|message| message::ask(&message)) {
                Some(Answer::TryAgain) => start_anew(),
                Some(Answer::Close) | None => ExitCode::FAILURE,
            }
        }
    }
}

/// Starts the program again from its beginning: what this start holds, of the toolkit or of the system, must not stand in the way of the next.
fn start_anew() -> ExitCode {
    let Ok(program) = env::current_exe() else { return ExitCode::FAILURE };
    let mut command = Command::new(program);
    command.args(env::args_os().skip(1));
    #[cfg(unix)]
    let error = std::os::unix::process::CommandExt::exec(&mut command);
    #[cfg(not(unix))]
    let Err(error) = command.spawn() else { return ExitCode::SUCCESS };
    tracing::error!(%error, "the app cannot be started anew");
    ExitCode::FAILURE
}

/// Why the app ended other than by its window being closed.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set")]
    NoDisplay,
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Settings(#[from] managed::Unreadable),
    #[error(transparent)]
    Engine(#[from] OpenError),
    #[error(transparent)]
    Window(#[from] tauri::Error),
}

impl StartError {
    /// What the user is told in a window; none where none can be shown.
    fn message(&self) -> Option<Message> {
        Some(match self {
            Self::NoDisplay => return None,
            Self::Folder(FolderError::Unnamed) => Message::no_folder(folders::VARIABLE),
            Self::Folder(FolderError::Unusable(path, error)) | Self::Engine(OpenError::Folder(path, error)) => {
                Message::folder(path, &error.to_string())
            }
            Self::Engine(OpenError::Running(path)) => Message::running(path),
            Self::Settings(error) => Message::settings(&error.0, &error.1.to_string()),
            Self::Window(error) => Message::no_window(&error.to_string()),
        })
    }
}

fn run(target: Option<NavigationTarget>) -> Result<(), StartError> {
    if !display::is_there() {
        return Err(StartError::NoDisplay);
    }
    let named = env::var_os(folders::VARIABLE).map(PathBuf::from);
    let own_folder = named.is_some();
    let data = folders::data(named)?;
    log::start(&data, env::var(log::VARIABLE).ok().as_deref());
    let service = managed::service(env::var(managed::VARIABLE).ok(), managed::file().as_deref())?;

    let web_process = WebProcess::new(&data);
    let builder = tauri::Builder::default();
    #[cfg(target_os = "macos")]
    let builder = builder.on_web_content_process_terminate({
        let web_process = web_process.clone();
        move |view| web_process.ended(view.app_handle(), "terminated")
    });
    let app = builder
        .plugin(single_instance::plugin(own_folder.then_some(data.as_path())))
        .plugin(window::state_plugin(&data))
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!())?;
    // From here on this is the only start, or the only one that can know of no other.
    let engine = start_engine(&app, &data, service, target).inspect_err(|_| single_instance::release(app.handle()))?;
    app.run(move |app, event| match event {
        RunEvent::Ready => {
            if let Err(error) = window::open(app, &data).and_then(|()| web_process.watch(app)) {
                tracing::error!(%error, "the window cannot be opened");
                match message::ask(&Message::no_window(&error.to_string())) {
                    // Through the end of the event loop, where the engine gives up its folder: the next start needs it.
                    Answer::TryAgain => app.request_restart(),
                    Answer::Close => app.exit(1),
                }
            }
        }
        // There a link is no argument: the system hands it over, also to the app that runs already.
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            for target in urls.iter().filter_map(|url| navigation::parse(url.as_str())) {
                window::show(app);
                app.state::<PendingNavigation>().hand_over(app, target);
            }
        }
        RunEvent::Exit => {
            let shutdown = async { tokio::time::timeout(SHUTDOWN_LIMIT, engine.shutdown()).await };
            if tauri::async_runtime::block_on(shutdown).is_err() {
                tracing::warn!("the engine did not end in time");
            }
        }
        _ => {}
    });
    Ok(())
}

fn start_engine(app: &App, data: &Path, service: Option<String>, target: Option<NavigationTarget>) -> Result<Engine, StartError> {
    app.manage(PendingNavigation::new(target));
    let config = EngineConfig {
        data_dir: data.to_owned(),
        service,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        clock: Arc::new(SystemClock),
        keychain: Arc::new(OsKeychain),
        browser: Arc::new(SystemBrowser),
        downloads: folders::downloads(),
    };
    // Within the runtime, where the engine starts its tasks.
    let engine = tauri::async_runtime::block_on(async { Engine::open(config) })?;
    app.manage(engine.clone());
    tauri::async_runtime::spawn(events::forward(app.handle().clone(), engine.clone()));
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Ok(engine)
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn fault_18_each_failure_before_there_is_a_window_is_told_in_one_with_its_place_and_what_to_do() {
        let (path, error) = (PathBuf::from("/somewhere/here"), || io::Error::from(io::ErrorKind::ReadOnlyFilesystem));
        let failures = [
            StartError::Folder(FolderError::Unusable(path.clone(), error())),
            StartError::Engine(OpenError::Folder(path.clone(), error())),
            StartError::Engine(OpenError::Running(path.clone())),
            StartError::Settings(managed::Unreadable(path.clone(), error())),
        ];
        for failure in failures {
            let text = failure.message().map(|message| message.text).unwrap_or_default();
            assert_eq!(text.matches("/somewhere/here").count(), 2, "in both languages: {text}");
            assert!(text.contains("try again") && text.contains("erneut"), "{text}");
        }
        assert_eq!(StartError::NoDisplay.message(), None);
    }
}
