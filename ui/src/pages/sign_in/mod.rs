//! Sign-in: which service, and then the system's browser.

mod page;
mod view_model;

pub use page::SignIn;
