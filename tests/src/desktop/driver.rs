//! WebDriver: WebKitWebDriver starts the app and drives it, chromedriver a browser.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tenantry_client::clock::SystemClock;
use tenantry_model::time::Clock;

use super::process::{Process, tool};
use super::session::Session;
use crate::wait::until;

const START: Duration = Duration::from_secs(30);

/// How long a program may take from its start until it takes commands: a debug build, on a slow machine.
const CONNECT: Duration = Duration::from_secs(90);

/// A driver process and its one session. Both end when it is dropped, with the program that the driver started.
#[derive(Debug)]
pub struct Driver {
    /// The session.
    pub client: Client,
    /// When the driver was told to start the program: milliseconds since 1970, as pages count them.
    pub asked_at: f64,
    process: Process,
}

impl Driver {
    /// Starts `program` and takes it over. `prepare` adds to the environment that the program inherits.
    pub async fn webkit(session: &Session, name: &str, program: &Path, args: &[&str], prepare: impl Fn(&mut Command)) -> Result<Self> {
        let driver = tool("WebKitWebDriver", "webkit2gtk-driver")?;
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": program, "args": args } });
        let start = |port: u16| {
            let mut command = session.command(&driver);
            command.arg(format!("--port={port}")).env("TAURI_AUTOMATION", "true");
            prepare(&mut command);
            Process::start(name, &mut command, &session.logs(), "")
        };
        Self::connect(start, capabilities).await.with_context(|| format!("{} does not open a window", program.display()))
    }

    /// Starts a headless Chromium with a profile of its own.
    pub async fn chromium(session: &Session) -> Result<Self> {
        let driver = tool("chromedriver", "chromium-driver")?;
        let chromium = tool("chromium", "chromium")?;
        let profile = tempfile::Builder::new().prefix("chromium-").tempdir_in(session.folder())?.keep();
        let profile = format!("--user-data-dir={}", profile.display());
        // It must reach nothing but this machine, and ask nobody about anything.
        let args = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            &profile,
        ];
        let capabilities = json!({ "goog:chromeOptions": { "binary": chromium, "args": args } });
        let start = |port: u16| {
            let mut command = session.command(&driver);
            command.arg(format!("--port={port}"));
            Process::start("chromedriver", &mut command, &session.logs(), "")
        };
        Self::connect(start, capabilities).await.context("Chromium does not start")
    }

    /// What driver and program have written.
    pub fn text(&self) -> String {
        self.process.text()
    }

    /// How much memory the program takes, with all processes of its own; in bytes.
    pub fn memory(&self) -> Result<u64> {
        self.process.memory_of_started()
    }

    /// Ends the session in good order: the program is asked to close, then driver and program are ended.
    pub async fn close(&mut self) {
        // Where it does not answer, the end of the processes does it.
        let _ = tokio::time::timeout(START, self.client.clone().close()).await;
        self.process.kill();
    }

    async fn connect(start: impl Fn(u16) -> Result<Process>, capabilities: Value) -> Result<Self> {
        // Neither driver takes a listener that is open already, so the port is free only most probably.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let process = start(port)?;
        until(START, "the driver listens", || std::future::ready(Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok())))
            .await
            .with_context(|| process.text())?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        if let Value::Object(capabilities) = capabilities {
            builder.capabilities(capabilities);
        }
        let url = format!("http://127.0.0.1:{port}");
        let asked_at = SystemClock.now().micros() as f64 / 1_000.0;
        let client = tokio::time::timeout(CONNECT, builder.connect(&url)).await.map_err(anyhow::Error::from).and_then(|answer| Ok(answer?));
        let client = client.with_context(|| format!("no session. Driver and program say:\n{}", process.text()))?;
        Ok(Self { client, asked_at, process })
    }
}
