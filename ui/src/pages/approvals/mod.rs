//! Partners’ changes that wait for approval (R24, A18, A19).

mod page;

pub use page::Approvals;
