//! Who calls: a bearer token, validated as Entra documents it for APIs of many tenants, then the tables.
//!
//! 1. [`metadata`] fetches what the provider says of itself: issuer and keys. 2. [`keys`] keeps them, through rollover.
//! 3. [`token`] takes a token apart and believes nothing of it before the signature; [`seen`] knows those that held.
//! 4. [`read`] turns it into a caller. 5. [`write`] turns it into a caller who changes something.

mod keys;
mod metadata;
mod read;
mod seen;
mod token;
mod write;

pub(crate) use read::{ReadRequest, SignedIn, SnapshotRequest};
pub(crate) use token::{TokenValidator, VerifiedToken};
pub(crate) use write::{Attempt, WriteRequest};
