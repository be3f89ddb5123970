//! The audit log (W14, R107–R112).

mod page;

pub use page::Audit;
