//! One step for several customers: first what it would do, then doing it.

mod page;

pub use page::Plan;
