//! Who calls: a bearer token, validated as Entra documents it for APIs of many tenants, then the tables.
//!
//! 1. [`metadata`] fetches what the provider says of itself: issuer and keys. 2. [`keys`] keeps them, through rollover.
//! 3. [`token`] takes a token apart and believes nothing of it before the signature; [`seen`] knows those that held.
//! 4. [`reading`] turns it into a caller. 5. [`changing`] turns it into a caller who changes something.

mod changing;
mod keys;
mod metadata;
mod reading;
mod seen;
mod token;

pub(crate) use changing::{Asking, Attempt};
pub(crate) use reading::{OpenReading, Reading, SignedIn};
pub(crate) use token::{TokenValidator, VerifiedToken};
