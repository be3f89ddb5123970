//! What keeps the app from starting is told in a window.

use anyhow::Result;
use tenantry_tests::desktop::process::Process;
use tenantry_tests::desktop::{Session, app};
use tenantry_tests::wait::{SOON, eventually};

use crate::fixture::screens;
use crate::web_process::windows;

/// The data folder cannot be made: there is a file where its parent should be.
pub(crate) async fn run() -> Result<()> {
    let session = Session::bare().await?;
    let file = session.folder().join("file");
    std::fs::write(&file, "")?;
    let mut command = session.command(app::program()?);
    command.env("TENANTRY_DATA_DIR", file.join("data"));
    let app = Process::start("app", &mut command, &session.logs(), "")?;
    let told = eventually(SOON, "a message in a window", || {
        std::future::ready(windows(&session).map(|windows| windows.contains("Tenantry cannot use its folder").then_some(())))
    });
    told.await.map_err(|error| error.context(app.text()))?;
    session.picture(&screens().join("start-failure.png")).await
}
