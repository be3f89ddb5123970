//! Saving what a list shows as a view, and what can be done with a view: the same on each page that has a filter.

mod form;
mod opened;
mod views;

pub use views::{Views, preset};
