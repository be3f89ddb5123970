//! What a disk may hold after a loss of power: all that was synced, and of the rest any sectors, in any order.

use std::path::Path;

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::recording::{Event, Part};

/// What a disk writes at once.
const SECTOR: usize = 512;

/// One file.
#[derive(Clone, Default)]
struct File {
    synced: Vec<u8>,
    /// Since the last sync.
    pending: Vec<Event>,
}

/// What is left of the writes that were not synced.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Left {
    Nothing,
    /// The first of them; the last of those is torn.
    Beginning,
    /// Any sectors.
    Some,
    /// The files have grown, and hold zeros there.
    SizesAlone,
    Everything,
}

impl Left {
    pub(crate) const ALL: [Self; 5] = [Self::Nothing, Self::Beginning, Self::Some, Self::SizesAlone, Self::Everything];
}

#[derive(Clone)]
pub(crate) struct Disk {
    database: File,
    log: File,
}

impl Disk {
    pub(crate) fn new(database: Vec<u8>) -> Self {
        Self { database: File { synced: database, pending: vec![] }, log: File::default() }
    }

    pub(crate) fn on(&mut self, event: &Event) {
        let (Event::Write { part, .. } | Event::Truncate { part, .. } | Event::Sync(part)) = event;
        let file = match part {
            Part::Database => &mut self.database,
            Part::Log => &mut self.log,
        };
        match event {
            Event::Sync(_) => {
                for event in std::mem::take(&mut file.pending) {
                    whole(&mut file.synced, &event);
                }
            }
            event => file.pending.push(event.clone()),
        }
    }

    /// Writes what is found after power is lost now.
    pub(crate) fn lose_power(&self, left: Left, random: &mut ChaCha8Rng, database: &Path) {
        for (file, suffix) in [(&self.database, ""), (&self.log, "-wal")] {
            let mut path = database.as_os_str().to_owned();
            path.push(suffix);
            std::fs::write(path, file.after(left, random)).unwrap();
        }
    }
}

impl File {
    fn after(&self, left: Left, random: &mut ChaCha8Rng) -> Vec<u8> {
        let mut content = self.synced.clone();
        match left {
            Left::Nothing => {}
            Left::Everything => self.pending.iter().for_each(|event| whole(&mut content, event)),
            Left::Beginning => {
                let count = random.random_range(0..=self.pending.len());
                self.pending[..count].iter().for_each(|event| whole(&mut content, event));
                if let Some(Event::Write { at, bytes, .. }) = self.pending.get(count) {
                    put(&mut content, *at, &bytes[..random.random_range(0..=bytes.len())]);
                }
            }
            Left::Some => {
                for event in &self.pending {
                    match event {
                        Event::Write { at, bytes, .. } => {
                            for (n, sector) in bytes.chunks(SECTOR).enumerate() {
                                if random.random_bool(0.6) {
                                    put(&mut content, at + n * SECTOR, sector);
                                }
                            }
                        }
                        event if random.random_bool(0.5) => whole(&mut content, event),
                        _ => {}
                    }
                }
            }
            Left::SizesAlone => {
                for event in &self.pending {
                    if let Event::Write { at, bytes, .. } = event {
                        let end = at + bytes.len();
                        content.resize(content.len().max(end), 0);
                    }
                }
            }
        }
        content
    }
}

fn whole(content: &mut Vec<u8>, event: &Event) {
    match event {
        Event::Write { at, bytes, .. } => put(content, *at, bytes),
        Event::Truncate { size, .. } => content.resize(*size, 0),
        Event::Sync(_) => {}
    }
}

fn put(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    content.resize(content.len().max(end), 0);
    content[at..end].copy_from_slice(bytes);
}
