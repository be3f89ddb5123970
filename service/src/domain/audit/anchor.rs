//! The head of the chain, kept outside of the database: in a file beside it, and in the service's log.
//!
//! Whoever can write the database can write the whole chain anew; they cannot take back what a log collector already has. The file guards
//! against less, such as a tail that is cut off in the database alone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::error::{Error, Result};
use crate::files;
use crate::store::Store;
use crate::store::audit::{Head, head, holds};

/// The file's name in the data folder.
pub const HEAD_FILE: &str = "audit.head";

/// How far the file may lag behind.
const EVERY: Duration = Duration::from_secs(5);

/// What the file holds: one line of JSON.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    seq: i64,
    hash: String,
}

/// What the file says; none where there is no file.
pub fn read_head_file(file: &Path) -> Result<Option<Head>> {
    let failed = |why: &dyn std::fmt::Display| Error::Internal(format!("the file {} cannot be used: {why}", file.display()));
    let Some(content) = files::read(file).map_err(|error| failed(&error))? else { return Ok(None) };
    let Line { seq, hash } = serde_json::from_slice(&content).map_err(|error| failed(&error))?;
    Ok(Some(Head { seq, hash: hash.parse().map_err(|error| failed(&error))? }))
}

/// Brings file and log up to the chain, a few seconds after it grew, until `stop`; then once more.
pub async fn keep_head_file(store: Store, stop: CancellationToken) {
    let mut anchor = Anchor { file: store.folder().join(HEAD_FILE), store, told: None, refused: false };
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let last = tokio::select! {
            _ = ticks.tick() => false,
            () = stop.cancelled() => true,
        };
        if let Err(error) = anchor.bring_up().await {
            tracing::warn!(%error, "the head of the audit log could not be written; the next seconds try again");
        }
        if last {
            return;
        }
    }
}

struct Anchor {
    file: PathBuf,
    store: Store,
    /// What the file holds and the log was told, by this process.
    told: Option<Head>,
    /// Whether the file names a row that the chain does not have.
    refused: bool,
}

impl Anchor {
    async fn bring_up(&mut self) -> Result<()> {
        let mut tx = self.store.read().await?;
        let present = head(tx.conn()).await?;
        if self.told == Some(present) {
            return Ok(());
        }
        // A file that contradicts the chain is evidence: it is kept as it is, and only its owner takes it away.
        if let Some(known) = read_head_file(&self.file)?
            && !holds(tx.conn(), known).await?
        {
            if !std::mem::replace(&mut self.refused, true) {
                tracing::error!(
                    audit_seq = known.seq,
                    "the audit log lacks the row that audit.head names: rows were cut off or changed, or an older database was restored; \
                     see `tenantry-service audit verify` and docs/operations.md"
                );
            }
            return Ok(());
        }
        drop(tx);
        self.refused = false;
        if present == Head::GENESIS {
            self.told = Some(present);
            return Ok(());
        }
        let line = Line { seq: present.seq, hash: present.hash.to_string() };
        let content = serde_json::to_string(&line).map_err(|error| Error::Internal(error.to_string()))? + "\n";
        let file = self.file.clone();
        let written = tokio::task::spawn_blocking(move || files::write_private(&file, content.as_bytes())).await;
        written
            .map_err(std::io::Error::other)
            .flatten()
            .map_err(|error| Error::Internal(format!("the file {} cannot be written: {error}", self.file.display())))?;
        tracing::info!(audit_seq = present.seq, audit_hash = %present.hash, "the audit log reaches to here");
        self.told = Some(present);
        Ok(())
    }
}
