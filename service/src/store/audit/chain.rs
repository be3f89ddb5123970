//! A row of the chain, and what of it is hashed.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// What every hashed row begins with: another form of a row would begin with another.
const FORM: &[u8] = b"tenantry-audit-1";

/// A SHA-256: 64 small hexadecimal digits in tables and files.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// What stands before the first row.
    pub const GENESIS: Self = Self([0; 32]);
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not a hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a hash must be 64 digits out of 0-9 and a-f")]
pub struct NotADigest;

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(NotADigest),
        };
        let mut bytes = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(NotADigest);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(bytes))
    }
}

/// A place in the chain and what stands there: whoever knows it can tell whether everything up to there is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The row's place; 0 before the first, so also the number of rows up to there.
    pub seq: i64,
    pub hash: Digest,
}

impl Head {
    /// Of a chain without rows.
    pub const GENESIS: Self = Self { seq: 0, hash: Digest::GENESIS };
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl FromStr for Head {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let head = text.split_once(':').and_then(|(seq, hash)| Some(Self { seq: seq.parse().ok()?, hash: hash.parse().ok()? }));
        head.filter(|head| head.seq > 0).ok_or_else(|| "a head must look like SEQ:HASH, as the service logs it".to_owned())
    }
}

/// A row as the table has it, texts and all: it is these bytes that are hashed, so nothing of them may be rewritten on the way.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredAudit {
    pub seq: i64,
    pub at: i64,
    pub log: String,
    pub category: String,
    pub object_name: String,
    pub operation: String,
    pub result: String,
    pub tenant_id: String,
    pub user_id: Option<String>,
    pub user_tenant_id: Option<String>,
    pub detail: String,
    pub request_id: Option<String>,
    pub prev: String,
    pub hash: String,
}

impl StoredAudit {
    /// The row's hash, from its contents and the row before. Every text is preceded by its length, and one that may be missing by whether
    /// it is there, so that no two different rows are the same bytes.
    pub fn digest(&self, prev: Digest) -> Digest {
        let mut hash = Sha256::new();
        hash.update(FORM);
        hash.update(prev.0);
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        for text in [&self.log, &self.category, &self.object_name, &self.operation, &self.result, &self.tenant_id, &self.detail] {
            add(&mut hash, text);
        }
        for text in [&self.user_id, &self.user_tenant_id, &self.request_id] {
            hash.update([u8::from(text.is_some())]);
            add(&mut hash, text.as_deref().unwrap_or_default());
        }
        Digest(hash.finalize().into())
    }
}

fn add(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text.as_bytes());
}

/// A row as whoever checks the chain meets it.
#[derive(Debug)]
pub struct Link {
    pub seq: i64,
    /// What the table says of the row before it, and of itself; in words what is wrong where that cannot be read.
    pub read: Result<Linked, String>,
}

#[derive(Debug)]
pub struct Linked {
    pub row: StoredAudit,
    /// The hash of the row before, as this row has it.
    pub prev: Digest,
    pub hash: Digest,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> StoredAudit {
        StoredAudit {
            seq: 7,
            at: 1_750_000_000_000_000,
            log: "export".into(),
            category: "Role".into(),
            object_name: "Rüstzeug".into(),
            operation: "Update".into(),
            result: "Successful".into(),
            tenant_id: "t".into(),
            user_id: Some("u".into()),
            user_tenant_id: Some("p".into()),
            detail: "[]".into(),
            request_id: None,
            prev: String::new(),
            hash: String::new(),
        }
    }

    #[test]
    fn the_hash_of_a_row_is_this_one_for_ever() {
        // A chain that was written must still be verified by every later version: this value may never change.
        assert_eq!(row().digest(Digest::GENESIS).to_string(), "d3296008f052e6078ac2299b8c37e6093cbb8315332dc05e0ed0ec74ab46e520");
    }

    #[test]
    fn every_field_and_the_row_before_count() {
        type Edit = fn(&mut StoredAudit);
        let edits: [Edit; 17] = [
            |row| row.seq += 1,
            |row| row.at -= 1,
            |row| row.log.push('x'),
            |row| row.category.push('x'),
            |row| row.object_name.push('\0'),
            |row| row.operation.push('x'),
            |row| row.result.push('x'),
            |row| row.tenant_id.push('x'),
            |row| row.detail.push('x'),
            |row| row.user_id = None,
            |row| row.user_id = Some(String::new()),
            |row| row.user_tenant_id = None,
            |row| row.request_id = Some(String::new()),
            |row| row.request_id = row.user_id.take(),
            // The same characters, shifted from one field into its neighbour.
            |row| (row.category, row.object_name) = ("RoleR".into(), "üstzeug".into()),
            |row| (row.operation, row.result) = ("UpdateS".into(), "uccessful".into()),
            |row| (row.user_id, row.user_tenant_id) = (row.user_tenant_id.take(), row.user_id.take()),
        ];
        let mut seen = vec![row().digest(Digest::GENESIS), row().digest(row().digest(Digest::GENESIS))];
        for edit in edits {
            let mut edited = row();
            edit(&mut edited);
            seen.push(edited.digest(Digest::GENESIS));
        }
        let count = seen.len();
        seen.sort_unstable_by_key(|digest| digest.0);
        seen.dedup();
        assert_eq!(seen.len(), count, "two different rows have one hash");
    }

    #[test]
    fn a_hash_and_a_head_are_read_as_they_are_written_and_no_other_way() {
        let head = Head { seq: 12, hash: row().digest(Digest::GENESIS) };
        assert_eq!(head.to_string().parse(), Ok(head));
        let upper = head.hash.to_string().to_uppercase();
        for bad in [upper.as_str(), "", "0", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &"ü".repeat(32)] {
            assert_eq!(bad.parse::<Digest>(), Err(NotADigest), "{bad}");
        }
        for bad in ["", "12", "12:", ":12", "0:00", "-3:00"] {
            assert!(bad.parse::<Head>().is_err(), "{bad}");
        }
    }
}
