//! A made-up directory and estate, so that everything runs on one machine without an account anywhere.
//!
//! 1. [`running`]: the parts of `tenantry-service demo`. [`clock`] saves how far its clock was advanced.
//! 2. [`directory`]: an OpenID provider that behaves as Entra ID does.
//! 3. [`people`]: who can sign in; [`names`]: names of organisations, buildings and rooms.
//! 4. [`estate`]: what a first start fills the database with, ninety days of history included; the same for the same seed.
//! 5. [`simulation`]: rooms that report, fail, recover and drop out, through the same API as real ones.
//! 6. [`control`]: `POST /demo/control`, for tests and for showing things.
//!
//! Nothing here is reachable in `tenantry-service serve`.

mod clock;
mod control;
mod directory;
mod estate;
mod keyring;
mod names;
mod people;
mod running;
mod simulation;

pub use estate::EstateSize;
pub use running::{Demo, Options};
