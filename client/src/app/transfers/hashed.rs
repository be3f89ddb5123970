//! What has been handed over of a file: how much, and its hash so far.

use sha2::{Digest as _, Sha256};

#[derive(Default)]
pub(super) struct Hashed {
    len: u64,
    hash: Sha256,
}

impl Hashed {
    pub(super) const fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn take(&mut self, part: &[u8]) {
        self.len += part.len() as u64;
        self.hash.update(part);
    }

    /// Of all that was taken, in hexadecimal digits.
    pub(super) fn sha256(&self) -> String {
        self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
