//! The audit log (W14, R107–R112): a list of what was done, and its export.

mod columns;
mod detail;
mod export;
mod filters;
mod log;
mod names;
mod page;
mod use_log;
mod view_model;

pub use page::Audit;
