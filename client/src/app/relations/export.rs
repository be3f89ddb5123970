//! The audit log as a file in the user's own folder: whole, or not there.

use std::path::{Path, PathBuf};

use futures_util::StreamExt;
use tenantry_model::ipc::IpcError;
use tenantry_model::ipc::relations::{ExportRange, SavedFile};
use tokio::io::AsyncWriteExt;

use crate::app::engine::Engine;
use crate::app::wires::with_token;
use crate::error::Error;

/// How many names are tried before it is given up.
const NAMES: u32 = 1_000;

impl Engine {
    /// Writes the CSV of these days into the folder, beside whatever is there.
    pub async fn export_audit(&self, range: ExportRange, folder: &Path) -> Result<SavedFile, IpcError> {
        Ok(self.save(range, folder).await?)
    }

    async fn save(&self, ExportRange { from, to }: ExportRange, folder: &Path) -> Result<SavedFile, Error> {
        let account = self.account().await?;
        let path = format!("/v1/audit/export?from={from}&to={to}");
        let answer = with_token(&account.tokens, |token| {
            let (service, path) = (account.service.clone(), path.clone());
            async move { service.download(&token, &path).await }
        });
        let mut parts = answer.await?.bytes_stream();
        tokio::fs::create_dir_all(folder).await?;
        let draft = folder.join(format!("tenantry-audit-{from}-to-{to}.csv.part"));
        let written = async {
            let mut file = tokio::fs::File::create(&draft).await?;
            let mut lines = 0;
            while let Some(part) = parts.next().await {
                let part = part?;
                lines += part.iter().filter(|byte| **byte == b'\n').count();
                file.write_all(&part).await?;
            }
            file.sync_all().await?;
            Ok::<_, Error>(lines)
        };
        let saved = match written.await {
            Ok(lines) => name(&draft, folder, &format!("tenantry-audit-{from}-to-{to}")).await.map(|path| (path, lines)),
            Err(error) => Err(error),
        };
        if saved.is_err() {
            // What is not whole is not there.
            let _ = tokio::fs::remove_file(&draft).await;
        }
        let (path, lines) = saved?;
        // The first line names the columns.
        let records = u32::try_from(lines.saturating_sub(1)).unwrap_or(u32::MAX);
        Ok(SavedFile { path: path.display().to_string(), records })
    }
}

/// Gives the file a name that no other has.
async fn name(draft: &Path, folder: &Path, stem: &str) -> Result<PathBuf, Error> {
    for n in 1..=NAMES {
        let path = folder.join(if n == 1 { format!("{stem}.csv") } else { format!("{stem} ({n}).csv") });
        // Makes the name its own, or says that it is taken: nothing is overwritten.
        match tokio::fs::OpenOptions::new().write(true).create_new(true).open(&path).await {
            Ok(_) => {
                tokio::fs::rename(draft, &path).await?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Error::Invalid(format!("{} holds too many files of this name already", folder.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_is_there_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let mut names = Vec::new();
        for text in ["one", "two", "three"] {
            let draft = folder.path().join("draft");
            std::fs::write(&draft, text).unwrap();
            let path = name(&draft, folder.path(), "log").await.unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
            names.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
        assert_eq!(names, ["log.csv", "log (2).csv", "log (3).csv"]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
