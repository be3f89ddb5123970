//! One step for several customers: first what it would do at each, then doing it.

mod page;
mod preview;
mod step;
mod view_model;

pub use page::Plan;
