//! The typed HTTP client of the service.
//!
//! 1. `address`: what may be called a service's address. 2. `client`: its calls. 3. `call`: those about relationships, in one form.
//! 4. `answer`: problems back into kinds.

mod address;
mod answer;
mod call;
mod client;

pub(crate) use address::ServiceAddress;
pub(crate) use call::Call;
pub(crate) use client::ServiceClient;
