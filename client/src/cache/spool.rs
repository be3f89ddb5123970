//! An answer of the sync while it arrives. As much of it as may be held in memory is read on the way, so that there is less to do once it
//! is whole; what comes after that waits, unread, in a table that no query reads.

use std::ops::Range;

use crate::db::params;
use serde_json::Value;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Incident;
use tenantry_model::sync::SyncLine;
use tenantry_model::time::Timestamp;

use super::apply::Applied;
use super::{Cache, body};
use crate::error::Error;

/// A part of an answer has about so many bytes: large enough for the allocator to give each back to the system at once.
const PART: usize = 1024 * 1024;

/// How many bytes are held in memory, beside what was read from them. Few in tests, so that these see both ways.
const IN_MEMORY: usize = if cfg!(test) { 3 * PART } else { 48 * PART };

/// What a line says, beside the line itself.
pub(super) enum Read {
    Room {
        customer_id: TenantId,
        id: RoomId,
        name: String,
        host: String,
    },
    Incident {
        incident: Box<Incident>,
        row_bytes: Option<u32>,
    },
    Other(SyncLine),
    /// A line that this version cannot read, and the customer that it is about, as far as that can be told.
    Unreadable(Option<TenantId>),
}

impl Read {
    /// What this line says; nothing where it is blank.
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        Some(match serde_json::from_slice::<SyncLine>(line) {
            Ok(SyncLine::Room(room)) => {
                Self::Room { customer_id: room.customer_id, id: room.id, name: room.display_name, host: room.host_name }
            }
            Ok(SyncLine::Incident(incident)) => Self::Incident { incident, row_bytes: body::row_bytes_in(line) },
            Ok(other) => Self::Other(other),
            Err(_) => Self::Unreadable(serde_json::from_slice::<Value>(line).ok().as_ref().and_then(customer_in)),
        })
    }
}

/// A part of an answer that was read: whole lines.
#[derive(Default)]
pub(super) struct Part {
    text: Vec<u8>,
    lines: Vec<(Range<usize>, Read)>,
}

impl Part {
    /// The lines, and what they say.
    pub(super) fn lines(&mut self) -> impl Iterator<Item = (&[u8], Read)> {
        let text = &self.text;
        self.lines.drain(..).map(move |(at, read)| (&text[at], read))
    }

    fn push(&mut self, line: &[u8]) {
        if let Some(read) = Read::of(line) {
            let from = self.text.len();
            self.text.extend_from_slice(line);
            self.lines.push((from..self.text.len(), read));
        }
    }
}

/// What has come so far.
#[derive(Default)]
pub(super) struct Arrived {
    /// What was read, in parts.
    pub(super) parts: Vec<Part>,
    /// How many parts came after those and lie in the table.
    pub(super) stored: u32,
    /// What came last: a line that has not ended, or, once there are parts in the table, the next of them.
    pub(super) rest: Vec<u8>,
    held: usize,
}

/// An answer while it arrives.
pub(crate) struct Spool {
    cache: Cache,
    arrived: Arrived,
}

impl Spool {
    /// An empty one. What a former answer left in the table goes.
    pub(crate) async fn new(cache: Cache) -> Result<Self, Error> {
        cache
            .run(|store| {
                let left: bool = store.db.query_row("SELECT EXISTS (SELECT 1 FROM incoming)", [], |row| row.get(0))?;
                if left {
                    store.db.execute("DELETE FROM incoming", [])?;
                    store.flush_log()?;
                }
                Ok(())
            })
            .await?;
        Ok(Self { cache, arrived: Arrived::default() })
    }

    /// Takes the next bytes.
    pub(crate) async fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let arrived = &mut self.arrived;
        if arrived.held < IN_MEMORY {
            arrived.read(bytes);
            return Ok(());
        }
        arrived.rest.extend_from_slice(bytes);
        if arrived.rest.len() < PART {
            return Ok(());
        }
        let (part, lines) = (arrived.stored, std::mem::take(&mut arrived.rest));
        arrived.stored += 1;
        self.cache
            .run(move |store| {
                store.db.prepare_cached("INSERT INTO incoming (part, lines) VALUES (?1, ?2)")?.execute(params![part, lines])?;
                Ok(())
            })
            .await
    }

    /// What to send for the next answer, where the last line says that more is to come. None as well where that line can be read only once it is
    /// whole again.
    pub(crate) fn next_cursor(&self) -> Option<String> {
        let checkpoint = match &self.arrived {
            Arrived { stored: 0, parts, .. } => match parts.last()?.lines.last()? {
                (_, Read::Other(SyncLine::Checkpoint(checkpoint))) => checkpoint.clone(),
                _ => return None,
            },
            Arrived { rest, .. } => {
                let lines = rest.strip_suffix(b"\n")?;
                let last = &lines[memchr::memrchr(b'\n', lines)? + 1..];
                let SyncLine::Checkpoint(checkpoint) = serde_json::from_slice(last).ok()? else { return None };
                checkpoint
            }
        };
        checkpoint.history_pending.then_some(checkpoint.cursor)
    }

    /// The answer has ended: applies it. [`Error::Cut`] where its last line is missing, and then nothing has changed.
    pub(crate) async fn finish(self, now: Timestamp) -> Result<Applied, Error> {
        let Self { cache, arrived } = self;
        cache.run(move |store| store.apply(arrived, now)).await
    }
}

impl Arrived {
    /// Reads the lines that end in these bytes.
    fn read(&mut self, mut bytes: &[u8]) {
        self.held += bytes.len();
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            let (line, after) = bytes.split_at(end);
            if self.rest.is_empty() {
                self.line(line);
            } else {
                self.rest.extend_from_slice(line);
                let line = std::mem::take(&mut self.rest);
                self.line(&line);
            }
            bytes = &after[1..];
        }
        self.rest.extend_from_slice(bytes);
    }

    fn line(&mut self, line: &[u8]) {
        match self.parts.last_mut() {
            Some(part) if part.text.len() + line.len() <= PART => part.push(line),
            last => {
                // Most answers are short: only a second part is sure to become a whole one.
                let text = Vec::with_capacity(if last.is_some() { PART } else { 0 });
                let mut part = Part { text, ..Part::default() };
                part.push(line);
                self.parts.push(part);
            }
        }
    }
}

/// The customer that a line is about, as far as it can be told.
fn customer_in(line: &Value) -> Option<TenantId> {
    let body = line.as_object()?.values().next()?;
    let id = [&body["customerId"], &body["row"]["customerId"], &body["id"]].into_iter().find_map(Value::as_str)?;
    id.parse().ok()
}
