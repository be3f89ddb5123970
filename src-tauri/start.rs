//! From the command line to the running app. Nothing here waits for network or keychain: the engine sees to those later.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tauri::{App, Manager, RunEvent};
use tenantry_client::app::{Engine, EngineConfig, OpenError};
use tenantry_client::clock::SystemClock;
use tenantry_client::keychain::OsKeychain;
use tenantry_model::ipc::NavigationTarget;

use crate::commands;
use crate::shell::command_line::{self, Invocation};
use crate::shell::navigation::PendingNavigation;
use crate::shell::opener::SystemBrowser;
use crate::shell::{display, events, folders, log, managed, single_instance, window};

/// How long the engine may take to put things away when the app ends.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(3);

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
            eprintln!("tenantry: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Why the app ended other than by its window being closed.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set")]
    NoDisplay,
    #[error("{0}")]
    Folder(String),
    #[error(transparent)]
    Engine(#[from] OpenError),
    #[error(transparent)]
    Window(#[from] tauri::Error),
}

fn run(target: Option<NavigationTarget>) -> Result<(), StartError> {
    if !display::is_there() {
        return Err(StartError::NoDisplay);
    }
    let named = env::var_os(folders::VARIABLE).map(PathBuf::from);
    let own_folder = named.is_some();
    let data = folders::data(named).map_err(StartError::Folder)?;
    log::start(&data, env::var(log::VARIABLE).ok().as_deref());

    let app = tauri::Builder::default()
        .plugin(single_instance::plugin(own_folder.then_some(data.as_path())))
        .plugin(window::state_plugin(&data))
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!())?;
    // From here on this is the only start, or the only one that can know of no other.
    let engine = start_engine(&app, &data, target)?;
    app.run(move |app, event| match event {
        RunEvent::Ready => {
            if let Err(error) = window::open(app, &data) {
                tracing::error!(%error, "the window cannot be opened");
                app.exit(1);
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

fn start_engine(app: &App, data: &Path, target: Option<NavigationTarget>) -> Result<Engine, StartError> {
    app.manage(PendingNavigation::new(target));
    let config = EngineConfig {
        data_dir: data.to_owned(),
        service: managed::service(env::var(managed::VARIABLE).ok(), managed::file().as_deref()),
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
