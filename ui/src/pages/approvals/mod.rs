//! Partners’ changes that wait for approval (R24, A18, A19), and those that were decided.

mod card;
mod page;
mod view_model;

pub use page::Approvals;
pub use view_model::waiting;
