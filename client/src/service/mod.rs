//! The typed HTTP client of the service.
//!
//! 1. `address`: what may be called a service's address. 2. `client`: the calls of sign-in and sync. 3. `call`: any other call, described
//!    before it is sent, by its `request`, which is data.
//!    5. `content`: parts of files, which are no JSON. 4. `answer`: problems back into kinds.

mod address;
mod answer;
mod call;
mod client;
mod content;
mod request;

pub(crate) use address::ServiceAddress;
pub(crate) use call::{Call, Draft};
pub(crate) use client::ServiceClient;
