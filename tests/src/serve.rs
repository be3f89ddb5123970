//! `tenantry-service serve`, with its presets, on the data of a running demo and with the demo's directory as its provider.

use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use tenantry_model::api::ServiceInfo;

use crate::demo::{Demo, address_of, client, program};

/// A running service. Killed when dropped.
#[derive(Debug)]
pub struct Serve {
    base: String,
    child: Child,
}

impl Serve {
    /// Starts it on a free port and waits until it listens. The demo's tokens open it.
    pub async fn beside(demo: &Demo) -> Result<Self> {
        let info: ServiceInfo = client()?.get(demo.url("/.well-known/tenantry")).send().await?.error_for_status()?.json().await?;
        let scope = info.scopes.last().context("the demo names its scope")?;
        let audience = scope.split('/').nth_back(1).context("the scope names the audience")?;
        let log = std::fs::OpenOptions::new().create(true).append(true).open(demo.folder().join("serve.log"))?;
        let mut child = Command::new(program()?)
            .args(["serve", "--listen", "127.0.0.1:0", "--issuer", &info.authority, "--audience", audience])
            .args(["--client-id", &info.client_id, "--scope", scope])
            .arg("--data")
            .arg(demo.data())
            .env("TENANTRY_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let out = child.stdout.take().context("the service's output")?;
        let mut served = Self { base: String::new(), child };
        served.base = address_of(out).await?.context("the service did not say where it listens")?;
        Ok(served)
    }

    /// Its address, such as `http://127.0.0.1:49152`.
    pub fn base(&self) -> &str {
        &self.base
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone afterwards.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
