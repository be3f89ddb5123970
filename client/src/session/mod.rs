//! Signing in with the system's browser, and staying signed in.
//!
//! 1. `provider`: the OpenID provider's metadata, and what is demanded of it.
//! 2. `loopback`: the listener that the browser comes back to.
//! 3. `sign_in`: one attempt, from the browser to a validated id token.
//! 4. `tokens`: the access token in memory, the refresh token in the store, renewed by one call at a time.
//! 5. `exchange`: the two calls of the token endpoint. `bridge`: OpenID types over our HTTP client. `refusal`: what the provider says when it refuses.
//!
//! Device code would be a sixth part beside `sign_in`.

mod bridge;
mod exchange;
mod loopback;
mod provider;
mod refusal;
mod sign_in;
mod tokens;

pub(crate) use provider::Provider;
pub(crate) use sign_in::{Browser as SignInBrowser, SignIn, SignedIn};
pub(crate) use tokens::{Renewed, TokenKeeper, TokenSource, TokenStore};
