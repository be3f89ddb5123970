//! What a window test works with: a session, a service, a browser and the app. A run that fails says what was on the screen and in the logs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desktop::{App, AppOptions, Page, Session, SystemBrowser};

/// How long a run may take. Past it, it fails, and everything that it started is ended.
const LIMIT: Duration = Duration::from_secs(480);

/// Who sits at the desk.
pub(crate) const PERSON: &str = "primary-admin";

/// See the module.
pub(crate) struct Fixture {
    pub(crate) app: App,
    pub(crate) browser: SystemBrowser,
    pub(crate) demo: Demo,
    pub(crate) session: Session,
    pub(crate) options: AppOptions,
    /// What the same person may see according to the service.
    pub(crate) api: Api,
    /// Names and numbers of customers, rooms and incidents that were on the screen.
    pub(crate) seen: BTreeSet<String>,
}

/// A row of the incident list, as it stands in the page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Row {
    pub(crate) number: String,
    pub(crate) text: String,
}

impl Fixture {
    pub(crate) async fn start() -> Result<Self> {
        let mut session = Session::start().await?;
        let browser = SystemBrowser::install(&mut session)?;
        let demo = Demo::start(DemoOptions::estate("s")).await?;
        let options = AppOptions::at(demo.base(), &data(&session))?;
        let app = App::start(&session, &options).await?;
        app.page.watch().await?;
        let api = Api::sign_in(&demo, PERSON).await?;
        Ok(Self { app, browser, demo, session, options, api, seen: BTreeSet::new() })
    }

    /// What the window shows.
    pub(crate) fn page(&self) -> &Page {
        &self.app.page
    }

    /// The incident rows that are drawn now.
    pub(crate) async fn rows(&self) -> Result<Vec<Row>> {
        let script = "return [...document.querySelectorAll('[data-testid=incident-row]')].map(e => ({ number: e.dataset.number, text: e.innerText }))";
        Ok(serde_json::from_value(self.page().script(script, vec![]).await?)?)
    }

    /// Waits until the rows that are drawn are at least one and satisfy `holds`.
    pub(crate) async fn wait_rows(&self, what: &str, holds: impl Fn(&[Row]) -> bool) -> Result<Vec<Row>> {
        let found = tenantry_tests::wait::eventually(tenantry_tests::wait::SOON, what, || async {
            let rows = self.rows().await?;
            Ok((!rows.is_empty() && holds(&rows)).then_some(rows))
        });
        match found.await {
            Ok(rows) => Ok(rows),
            Err(error) => Err(error.context(format!("the list shows {:#?}", self.rows().await?))),
        }
    }

    /// How many incidents the list says it has.
    pub(crate) async fn matches(&self) -> Result<u64> {
        let text = self.page().reads("matches", "it says a number", |text| text.chars().any(|c| c.is_ascii_digit())).await?;
        text.chars().filter(char::is_ascii_digit).collect::<String>().parse().with_context(|| format!("{text:?} is no number"))
    }

    /// Starts the app anew on what it left on the disk.
    pub(crate) async fn restart_app(&mut self) -> Result<()> {
        self.app.close().await;
        self.app = App::start(&self.session, &self.options).await?;
        self.page().watch().await?;
        Ok(())
    }

    async fn report(&self, name: &str) -> String {
        let picture = screens().join(format!("failed-{name}.png"));
        let taken = self.session.picture(&picture).await;
        let text = self.page().text().await.unwrap_or_default();
        let ended = self.app.log().lines().filter(|line| line.contains("has ended")).map(str::to_owned).collect::<Vec<_>>();
        format!(
            "The screen: {} ({taken:?})\nProcesses of the page that have ended: {ended:?}\nIt reads:\n{text}\n\nThe app's log ({}), its last lines:\n{}\n\nThe service's log, its last lines:\n{}",
            picture.display(),
            self.app.log_path().display(),
            tail(&self.app.log()),
            tail(&self.demo.log())
        )
    }
}

/// Sets up the fixture, runs the test on it, and reports where it fails.
pub(crate) async fn run(name: &str, story: impl AsyncFnOnce(&mut Fixture) -> Result<()>) -> Result<()> {
    let mut fixture = Fixture::start().await?;
    let ran = async {
        story(&mut fixture).await?;
        let failures = fixture.page().failures().await?;
        ensure!(failures.is_empty(), "the page's code failed: {failures:#?}");
        Ok(())
    };
    let outcome = tokio::time::timeout(LIMIT, ran).await.with_context(|| format!("the run takes longer than {LIMIT:?}"));
    match outcome.flatten() {
        Ok(()) => Ok(()),
        Err(error) => {
            let report = fixture.report(name).await;
            // What failed stands first: of a long text, the end may be cut.
            Err(anyhow::anyhow!("{error:#}\n\n{report}"))
        }
    }
}

/// Runs a step, says how long it took, and names it where it fails.
#[expect(clippy::print_stderr, reason = "a run takes a minute: this says where it is, and what took long")]
pub(crate) async fn step<T>(name: &str, step: impl Future<Output = Result<T>>) -> Result<T> {
    let start = Instant::now();
    let outcome = step.await.with_context(|| format!("in the step {name:?}"));
    eprintln!("{:6.1} s  {name}", start.elapsed().as_secs_f64());
    outcome
}

/// Where pictures go.
pub(crate) fn screens() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screens")
}

/// The app's folder in a session.
pub(crate) fn data(session: &Session) -> PathBuf {
    session.folder().join("data")
}

fn tail(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}
