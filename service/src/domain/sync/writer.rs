//! Writes lines, and sends them in chunks.

use bytes::{BufMut, Bytes, BytesMut};
use serde_json::value::RawValue;
use tenantry_model::sync::SyncLine;
use tokio::sync::mpsc;

use crate::error::{Error, Result};

/// The size of a chunk, in bytes.
const CHUNK: usize = 32 * 1024;

/// Some whole lines; or the end of an answer that failed, which has no checkpoint.
pub type Chunk = std::result::Result<Bytes, std::io::Error>;

pub struct LineWriter {
    buffer: BytesMut,
    out: mpsc::Sender<Chunk>,
    takes: Takes,
}

/// Which kinds of lines a reader takes beside those that there were from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Takes {
    /// [`SyncLine::ReadMark`].
    pub read_marks: bool,
    /// [`SyncLine::SavedViews`].
    pub saved_views: bool,
}

impl LineWriter {
    /// For a reader that takes these.
    pub fn new(out: mpsc::Sender<Chunk>, takes: Takes) -> Self {
        Self { buffer: BytesMut::with_capacity(CHUNK + CHUNK / 2), out, takes }
    }

    pub(super) const fn takes(&self) -> Takes {
        self.takes
    }

    pub async fn line(&mut self, line: &SyncLine) -> Result<()> {
        serde_json::to_writer((&mut self.buffer).writer(), line)
            .map_err(|error| Error::Internal(format!("a line of sync could not be written: {error}")))?;
        self.end_line().await
    }

    /// A [`SyncLine::IncidentRow`] of a row that is JSON already.
    pub async fn incident_row(&mut self, row: &RawValue) -> Result<()> {
        self.buffer.put_slice(b"{\"incidentRow\":");
        self.buffer.put_slice(row.get().as_bytes());
        self.buffer.put_u8(b'}');
        self.end_line().await
    }

    async fn end_line(&mut self) -> Result<()> {
        self.buffer.put_u8(b'\n');
        if self.buffer.len() >= CHUNK { self.flush().await } else { Ok(()) }
    }

    pub async fn flush(&mut self) -> Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let chunk = self.buffer.split().freeze();
        self.buffer.reserve(CHUNK + CHUNK / 2);
        let sent = self.out.send(Ok(chunk)).await;
        sent.map_err(|_| Error::Internal("the reader of a sync answer has gone".into()))
    }
}
