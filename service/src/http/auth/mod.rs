//! Who calls: a bearer token, validated as Entra documents it for APIs of many tenants, then the tables.
//!
//! 1. [`metadata`] fetches the provider's issuer and keys. 2. [`keys`] caches them.
//! 3. [`token`] validates a token; [`seen`] remembers those that were valid.
//! 4. [`read`] extracts the caller of a reading handler, with a read transaction; [`write`] that of a writing handler, with the write transaction.

mod keys;
mod metadata;
mod read;
mod seen;
mod token;
mod write;

pub(crate) use read::{ReadRequest, SignedIn, SnapshotRequest};
pub(crate) use token::{Asking, TokenValidator, VerifiedToken};
pub(crate) use write::{Attempt, WriteRequest, WriteTx};
