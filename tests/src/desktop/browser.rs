//! The system's browser: one that only notes what it was asked to open, and a real one that then opens it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use fantoccini::Locator;

use super::driver::Driver;
use super::session::Session;
use crate::wait::{SOON, eventually};

/// What the desktop opens web addresses with: notes each address in a file and does nothing else.
#[derive(Debug)]
pub struct SystemBrowser {
    opened: PathBuf,
}

impl SystemBrowser {
    /// Makes it the session's default, the way a desktop knows it and the way `$BROWSER` does: openers ask both, in either order.
    pub fn install(session: &mut Session) -> Result<Self> {
        let folder = session.folder().join("browser");
        std::fs::create_dir(&folder)?;
        let (script, opened) = (folder.join("open"), folder.join("opened"));
        std::fs::write(&script, format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n", opened.display()))?;
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755))?;
        let home = session.folder().join("home");
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Notes what it opens\nExec={} %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
            script.display()
        );
        write(&home.join(".local/share/applications/notes.desktop"), &entry)?;
        let defaults = "[Default Applications]\nx-scheme-handler/http=notes.desktop\nx-scheme-handler/https=notes.desktop\n";
        write(&home.join(".config/mimeapps.list"), defaults)?;
        session.set("BROWSER", script.to_string_lossy());
        Ok(Self { opened })
    }

    /// The addresses that it was asked to open, in order.
    pub fn opened(&self) -> Vec<String> {
        std::fs::read_to_string(&self.opened).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// Waits for one more address than `before`, and answers it.
    pub async fn next(&self, before: usize) -> Result<String> {
        eventually(SOON, "the app opens the browser", || std::future::ready(Ok(self.opened().get(before).cloned()))).await
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::create_dir_all(path.parent().context("a file in no folder")?)?;
    Ok(std::fs::write(path, text)?)
}

/// Somebody at a browser.
#[derive(Debug)]
pub struct Person;

impl Person {
    /// Opens the sign-in page in a headless Chromium, clicks on a person of the demo directory, and waits for the app's own page that
    /// says it is done. Answers what that page reads.
    pub async fn sign_in(session: &Session, url: &str, slug: &str) -> Result<String> {
        let mut chromium = Driver::chromium(session).await?;
        let walk = async {
            let page = &chromium.client;
            page.goto(url).await.context("the sign-in page")?;
            let directory = page.current_url().await?.origin();
            let button = format!("#person-{slug}");
            let button = page.find(Locator::Css(&button)).await.with_context(|| format!("{slug} is not on the sign-in page"))?;
            button.click().await?;
            eventually(SOON, "the app's page after the sign-in", || async {
                let url = page.current_url().await?;
                Ok((url.origin() != directory).then_some(()))
            })
            .await?;
            let body = page.find(Locator::Css("body")).await?;
            anyhow::Ok(body.text().await?)
        };
        let answer = tokio::time::timeout(SOON * 2, walk).await;
        let seen = match &answer {
            Ok(Ok(_)) => String::new(),
            _ => format!("{:?}\n{}", chromium.client.current_url().await, chromium.client.source().await.unwrap_or_default()),
        };
        chromium.close().await;
        answer.map_err(anyhow::Error::from).flatten().with_context(|| format!("the sign-in in the browser. It shows: {seen}"))
    }
}
