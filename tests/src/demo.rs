//! The service as a process: `tenantry-service demo`, with its built-in directory and its estate.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use tenantry_client::clock::SystemClock;
use tenantry_test_kit::{Change, ManualClock};

/// How long the service may take to say where it listens. Estate L is made in that time, in a debug build.
const START: Duration = Duration::from_secs(300);

/// How to start the service.
#[derive(Debug, Clone)]
pub struct DemoOptions {
    /// `none`, `s`, `m` or `l`.
    pub estate: &'static str,
    /// What the estate grows from.
    pub seed: u64,
    /// Further arguments.
    pub arguments: Vec<String>,
}

impl Default for DemoOptions {
    /// No estate: stories make their own small one.
    fn default() -> Self {
        Self { estate: "none", seed: 1, arguments: vec![] }
    }
}

impl DemoOptions {
    /// With this estate.
    pub fn estate(estate: &'static str) -> Self {
        Self { estate, ..Self::default() }
    }

    /// With one more argument.
    #[must_use]
    pub fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }
}

/// A running service. Killed when dropped.
pub struct Demo {
    options: DemoOptions,
    folder: TempDir,
    base: String,
    child: Option<Child>,
    http: reqwest::Client,
    clock: Arc<ManualClock>,
}

impl Demo {
    /// Starts it on a free port and waits until it listens.
    pub async fn start(options: DemoOptions) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("tenantry-demo-").tempdir()?;
        let mut demo = Self {
            options,
            folder,
            base: String::new(),
            child: None,
            http: client()?,
            clock: Arc::new(ManualClock::with(Arc::new(SystemClock))),
        };
        demo.spawn("127.0.0.1:0".into()).await?;
        Ok(demo)
    }

    /// Its clock, and its directory's: the machine's, ahead by what it was put forward. Desks run with it.
    pub fn clock(&self) -> Arc<ManualClock> {
        Arc::clone(&self.clock)
    }

    /// Its address, such as `http://127.0.0.1:49152`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The address of one of its paths, which begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Where its data and its log lie.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it has written to its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// The last lines of it.
    pub fn log_end(&self) -> String {
        let log = self.log();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// Whether the process runs, as far as it was not ended from elsewhere.
    pub fn is_running(&self) -> bool {
        self.child.is_some()
    }

    /// The id of the process, where it runs.
    pub fn process(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Ends the process without a farewell, as a crash would. Nothing happens when it is not running.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts it again with the same data on the same port, killing it first where it still runs.
    pub async fn restart(&mut self) -> Result<()> {
        self.kill();
        let address = self.base.trim_start_matches("http://").to_owned();
        self.spawn(address).await
    }

    /// Changes the estate, in one transaction. Answers what the service answered.
    pub async fn control(&self, changes: &[Change]) -> Result<Value> {
        let answer = self.http.post(self.url("/demo/control")).json(&json!({ "changes": changes })).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "/demo/control answered {status}: {text}\nto {}", serde_json::to_string(changes)?);
        for change in changes {
            if let Change::AdvanceClock { seconds, .. } = change {
                self.clock.advance(Duration::from_secs(*seconds));
            }
        }
        Ok(if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? })
    }

    /// Changes the estate by `tenantry-service apply`: by another process, beside this one.
    pub async fn apply(&self, changes: &[Change]) -> Result<()> {
        let (program, data, changes) = (program()?, self.data(), serde_json::to_vec(changes)?);
        let applied = tokio::task::spawn_blocking(move || -> Result<_> {
            let mut command = Command::new(program);
            command.arg("apply").arg("--data").arg(data).arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn()?;
            child.stdin.take().context("its standard input")?.write_all(&changes)?;
            Ok(child.wait_with_output()?)
        });
        let output = applied.await??;
        ensure!(output.status.success(), "apply ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// The folder that it was started with.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("service.log")
    }

    async fn spawn(&mut self, listen: String) -> Result<()> {
        let program = program()?;
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log_path())?;
        let mut child = Command::new(&program)
            .arg("demo")
            .arg("--listen")
            .arg(listen)
            .arg("--data")
            .arg(self.data())
            .args(["--estate", self.options.estate, "--seed", &self.options.seed.to_string()])
            .args(&self.options.arguments)
            // A line for each request would cost more than the request.
            .env("TENANTRY_LOG", std::env::var("TENANTRY_LOG").unwrap_or_else(|_| "warn".into()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        let out = child.stdout.take().context("the service's output")?;
        self.child = Some(child);
        match address_of(out).await? {
            Some(address) => self.base = address,
            None => {
                self.kill();
                bail!("the service did not say where it listens. Its log:\n{}", self.log());
            }
        }
        Ok(())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The address that a service says it listens on; none where it ends, or takes too long.
pub(crate) async fn address_of(out: ChildStdout) -> Result<Option<String>> {
    let (line, lines) = mpsc::channel();
    // Reads on until the process ends, so that it never waits for a full pipe.
    std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).for_each(|text| drop(line.send(text))));
    let address = tokio::task::spawn_blocking(move || {
        loop {
            match lines.recv_timeout(START) {
                Ok(text) => match text.strip_prefix("listening on ") {
                    Some(address) => return Some(address.trim().to_owned()),
                    None => continue,
                },
                Err(_) => return None,
            }
        }
    });
    Ok(address.await?)
}

/// An HTTP client that reaches loopback alone and follows no redirect by itself.
pub(crate) fn client() -> Result<reqwest::Client> {
    Ok(reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().timeout(Duration::from_secs(60)).build()?)
}

/// The service's binary: `TENANTRY_SERVICE_BIN`, or what `cargo build -p tenantry-service` built.
pub fn program() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("TENANTRY_SERVICE_BIN") {
        return Ok(path.into());
    }
    let name = format!("tenantry-service{}", std::env::consts::EXE_SUFFIX);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug").join(name);
    ensure!(
        path.exists(),
        "{} is not there: build it with `cargo build -p tenantry-service`, or name another in TENANTRY_SERVICE_BIN",
        path.display()
    );
    Ok(path)
}
