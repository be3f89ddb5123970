//! The process behind the window's page is killed.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use tenantry_tests::desktop::Session;
use tenantry_tests::wait::{SOON, eventually};

use crate::fixture::{Fixture, data, screens};

/// Three times the page is loaded again, and shows the list; the fourth time a message of the system's own says what to do.
pub(crate) async fn run() -> Result<()> {
    let fixture = &Fixture::start().await?;
    crate::relations::sign_in(fixture, crate::fixture::PERSON).await?;
    fixture.page().find("incident-row").await?;
    let folder = data(&fixture.session);
    let before = detail(fixture).await?;
    for reloads in 1..=3 {
        let loads = logged(&folder, "the window's page is loaded");
        kill_web_process(&folder)?;
        eventually(SOON, "the end is logged and the page loaded again", || {
            let ends = logged(&folder, "the process of the window's page has ended");
            std::future::ready(Ok((ends == reloads && logged(&folder, "the window's page is loaded") > loads).then_some(())))
        })
        .await?;
        // The driver's session has ended with the process: what the window shows is seen from outside.
        eventually(SOON, "the list is painted again", || async { Ok((detail(fixture).await? > before / 2).then_some(())) }).await?;
    }
    kill_web_process(&folder)?;
    eventually(SOON, "a message in a window", || {
        let tree = windows(&fixture.session);
        std::future::ready(tree.map(|tree| tree.contains("window has failed").then_some(())))
    })
    .await?;
    fixture.session.picture(&screens().join("web-process-told.png")).await?;
    ensure!(logged(&folder, "the process of the window's page has ended") == 4, "each end is logged once");
    Ok(())
}

/// How much there is to see on the screen: a list takes many bytes, and an empty window hardly any.
async fn detail(fixture: &Fixture) -> Result<u64> {
    let picture = screens().join("web-process.png");
    fixture.session.picture(&picture).await?;
    Ok(std::fs::metadata(picture)?.len())
}

/// How often the app's log says this.
fn logged(data: &Path, what: &str) -> usize {
    std::fs::read_to_string(data.join("logs/tenantry.log")).unwrap_or_default().matches(what).count()
}

/// The titles of all windows.
pub(crate) fn windows(session: &Session) -> Result<String> {
    let answer = session.command("xwininfo").args(["-root", "-tree"]).output().context("xwininfo, of the package x11-utils")?;
    Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// Kills the web process of the app with this data folder.
fn kill_web_process(data: &Path) -> Result<()> {
    let wanted = format!("TENANTRY_DATA_DIR={}", data.display());
    for process in std::fs::read_dir("/proc")?.flatten() {
        let read = |name: &str| std::fs::read(process.path().join(name)).unwrap_or_default();
        let is_web_process = String::from_utf8_lossy(&read("cmdline")).contains("WebKitWebProcess");
        if is_web_process && String::from_utf8_lossy(&read("environ")).split('\0').any(|variable| variable == wanted) {
            let id = process.file_name().to_string_lossy().parse().context("a process without a number")?;
            let id = rustix::process::Pid::from_raw(id).context("a process without a number")?;
            return Ok(rustix::process::kill_process(id, rustix::process::Signal::KILL)?);
        }
    }
    anyhow::bail!("no web process belongs to {}", data.display())
}
