//! A directory of our own: an OpenID provider that behaves as Entra ID does, for one machine and no account anywhere.
//!
//! Authorization code with PKCE S256 for one public client, refresh tokens that rotate, keys that roll over. What differs from a real
//! one: nobody proves who they are. The sign-in page asks whom of the demo people one wants to be.
//!
//! 1. [`metadata`]: discovery and the published keys, which [`keys`] makes and keeps.
//! 2. [`authorize`] checks a request and shows the [`page`]; the choice becomes one of the [`codes`].
//! 3. [`token`] redeems codes and refresh tokens; [`memory`] keeps refresh families and administrators, [`claims`] says what tokens say.
//! 4. [`people`]: who may sign in.

mod authorize;
mod claims;
mod codes;
mod keys;
mod memory;
mod metadata;
mod page;
mod people;
mod provider;
mod token;

#[cfg(test)]
mod tests;

pub(crate) use people::{FeaturedPerson, People, Person};
pub(crate) use provider::{API_SCOPE, AUDIENCE, CLIENT_ID, Directory, DirectorySettings, SCOPE_NAME};
