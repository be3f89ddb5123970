//! A directory and an estate of our own, so that everything runs on one machine without an account anywhere. All of it is made up.
//!
//! 1. [`running`]: what `tenantry-service demo` puts together. [`clock`] keeps how far its clock was put forward.
//! 2. [`directory`]: an OpenID provider that behaves as Entra ID does.
//! 3. [`people`]: whom one may be; [`names`]: what everything is called.
//! 4. [`estate`]: what a first start fills the database with, ninety days of history included; the same for the same seed.
//! 5. [`living`]: rooms that report, fail, recover and drop out, through the same door as real ones.
//! 6. [`control`]: `POST /demo/control`, for tests and for showing things.
//!
//! Nothing here is reachable in `tenantry-service serve`.

mod clock;
mod control;
mod directory;
mod estate;
mod keyring;
mod living;
mod names;
mod people;
mod running;

#[cfg(test)]
mod tests;

pub use estate::EstateSize;
pub use running::{Demo, Options};
