//! The settings of the customer of the dropdown: whom to notify, the keys of devices, and which signals raise incidents.
//!
//! 1. [`page`]: the page with its tabs. 2. `general`, `contact`: contacts and mail. 3. `keys`: enrolment keys. 4. `signals`: switches. 5. `view_model`: what they show
//!    and send.

mod contact;
mod general;
mod keys;
mod page;
mod signals;
mod view_model;

pub use page::Settings;
