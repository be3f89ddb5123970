//! The app in a session, as a user starts it.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::driver::Driver;
use super::page::Page;
use super::session::Session;

/// How to start the app.
#[derive(Debug, Clone)]
pub struct AppOptions {
    service: Option<String>,
    data: PathBuf,
    program: PathBuf,
}

impl AppOptions {
    /// With this service's address as the managed one, and its data in this folder.
    pub fn at(service: &str, data: &Path) -> Result<Self> {
        Ok(Self { service: Some(service.to_owned()), data: data.to_owned(), program: program()? })
    }

    /// On its first start, with no address given.
    pub fn unmanaged(data: &Path) -> Result<Self> {
        Ok(Self { service: None, data: data.to_owned(), program: program()? })
    }
}

/// The running app. Ended when dropped.
#[derive(Debug)]
pub struct App {
    /// What its window shows.
    pub page: Page,
    driver: Driver,
    log: PathBuf,
}

impl App {
    /// Starts it and waits until its window takes commands.
    pub async fn start(session: &Session, options: &AppOptions) -> Result<Self> {
        let log = session.logs().join("app.log");
        let driver = Driver::webkit(session, "app", &options.program, &[], |command| {
            command.env("TENANTRY_DATA_DIR", &options.data);
            command.env("TENANTRY_LOG", "info,tenantry_client=debug");
            if let Some(service) = &options.service {
                command.env("TENANTRY_SERVICE", service);
            }
        })
        .await?;
        Ok(Self { page: Page::new(driver.client.clone()), driver, log })
    }

    /// When it was started: milliseconds since 1970, as pages count them.
    pub fn asked_at(&self) -> f64 {
        self.driver.asked_at
    }

    /// How much memory it takes, with the processes of its page; in bytes.
    pub fn memory(&self) -> Result<u64> {
        self.driver.memory()
    }

    /// What it and its driver have written.
    pub fn log(&self) -> String {
        self.driver.text()
    }

    /// Where that lies.
    pub fn log_path(&self) -> &Path {
        &self.log
    }

    /// Ends it.
    pub async fn close(&mut self) {
        self.driver.close().await;
    }
}

/// The app's binary: `TENANTRY_APP_BIN`, or what `cargo build -p tenantry` built.
pub fn program() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("TENANTRY_APP_BIN") {
        return Ok(path.into());
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/tenantry");
    ensure!(
        path.exists(),
        "{} is not there: build the UI and then the app (`cargo xtask test` does both), or name another in TENANTRY_APP_BIN",
        path.display()
    );
    Ok(path.canonicalize()?)
}
