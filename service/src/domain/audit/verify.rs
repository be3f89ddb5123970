//! Whether the log is still what was written.

use std::fmt;

use crate::error::Result;
use crate::store::Conn;
use crate::store::audit::{Digest, Head, Link, chain_after, head_if_readable};

/// How many rows are read at once.
const STEP: u32 = 4_096;

/// Where a head that the chain must hold comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadSource {
    /// The row beside the table.
    Table,
    /// `audit.head` in the data folder.
    File,
    /// Whoever asks: the service's log, or a copy kept elsewhere.
    Elsewhere,
}

impl fmt::Display for HeadSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => "the table audit_head",
            Self::File => "the file audit.head",
            Self::Elsewhere => "the head that was given",
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownHead {
    pub source: HeadSource,
    pub head: Head,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The last row that follows from the first one without a flaw.
    pub good: Head,
    pub fault: Option<Fault>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The first place that is not as it was written.
    pub seq: i64,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// It is not there, and a later one is.
    Missing,
    /// It stands where the log has no place.
    Misplaced,
    Unreadable(String),
    /// It does not follow from the row before.
    Unlinked,
    /// Its contents are not those that were hashed.
    Altered,
    /// It is not the row that a head names: this one, or one before it, was written anew together with all that follow.
    NotTheHead(HeadSource),
    /// It is not there, and a head says that there was such a row: the end was cut off.
    CutOff(HeadSource),
    /// It follows the last row that the table of the head knows of.
    BeyondTheHead,
    /// The row of the head's table is gone or unreadable.
    NoHead,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.seq;
        match &self.kind {
            FaultKind::Missing => write!(f, "row {seq} is missing"),
            FaultKind::Misplaced => write!(f, "row {seq} has no place in the log: it was put in"),
            FaultKind::Unreadable(why) => write!(f, "row {seq} cannot be read ({why}): it was changed"),
            FaultKind::Unlinked => write!(f, "row {seq} does not follow from the row before it: one of the two was changed or exchanged"),
            FaultKind::Altered => write!(f, "row {seq} was changed after it was written"),
            FaultKind::NotTheHead(source) => {
                write!(f, "row {seq} is not the one that {source} names: it, or rows before it, were written anew")
            }
            FaultKind::CutOff(source) => write!(f, "row {seq} is missing, and {source} names it or a later one: the end was cut off"),
            FaultKind::BeyondTheHead => write!(f, "row {seq} is not known to the table audit_head: it was put in"),
            FaultKind::NoHead => {
                write!(f, "the table audit_head does not say where the log ends: it was changed; the rows up to {} hold", seq - 1)
            }
        }
    }
}

/// Reads the whole chain and compares it with itself and with every head that is known. All of it must be in one transaction, and what `known`
/// holds must have been read before that began: a head may lag behind the chain, and never runs ahead of it.
///
/// # Errors
/// Only if the database fails: whatever is wrong with the log is in the verdict.
pub async fn verify(conn: &mut Conn, known: &[KnownHead]) -> Result<Verdict> {
    let mut walk = Walk { good: Head::GENESIS, known: known.to_vec() };
    let table = head_if_readable(conn).await?;
    walk.known.extend(table.map(|head| KnownHead { source: HeadSource::Table, head }));
    let mut after = None;
    loop {
        let links = chain_after(conn, after, STEP).await?;
        for link in &links {
            if let Err(fault) = walk.step(link) {
                return Ok(Verdict { good: walk.good, fault: Some(fault) });
            }
        }
        after = links.last().map(|link| link.seq).or(after);
        if links.len() < STEP as usize {
            break;
        }
    }
    let fault = walk.end(table).err();
    Ok(Verdict { good: walk.good, fault })
}

struct Walk {
    good: Head,
    known: Vec<KnownHead>,
}

impl Walk {
    fn step(&mut self, link: &Link) -> std::result::Result<(), Fault> {
        let expected = self.good.seq + 1;
        let fault = |kind| Err(Fault { seq: link.seq, kind });
        if link.seq > expected {
            return Err(Fault { seq: expected, kind: FaultKind::Missing });
        }
        if link.seq < expected {
            return fault(FaultKind::Misplaced);
        }
        let linked = match &link.read {
            Ok(linked) => linked,
            Err(why) => return fault(FaultKind::Unreadable(why.clone())),
        };
        if linked.prev != self.good.hash {
            return fault(FaultKind::Unlinked);
        }
        let hash: Digest = linked.row.digest(self.good.hash);
        if hash != linked.hash {
            return fault(FaultKind::Altered);
        }
        let here = Head { seq: link.seq, hash };
        if let Some(other) = self.known.iter().find(|known| known.head.seq == here.seq && known.head.hash != here.hash) {
            return fault(FaultKind::NotTheHead(other.source));
        }
        self.good = here;
        Ok(())
    }

    fn end(&self, table: Option<Head>) -> std::result::Result<(), Fault> {
        let next = self.good.seq + 1;
        if let Some(ahead) = self.known.iter().find(|known| known.head.seq > self.good.seq) {
            return Err(Fault { seq: next, kind: FaultKind::CutOff(ahead.source) });
        }
        match table {
            Some(table) if table == self.good => Ok(()),
            Some(table) if (0..self.good.seq).contains(&table.seq) => Err(Fault { seq: table.seq + 1, kind: FaultKind::BeyondTheHead }),
            _ => Err(Fault { seq: next, kind: FaultKind::NoHead }),
        }
    }
}
