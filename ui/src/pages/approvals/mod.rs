//! Partners’ changes that wait for approval (R24, A18, A19), and those that were decided; on a
//! partner’s side what of its own waits at its customers.

mod asked;
mod card;
mod page;
mod view_model;

pub use page::Approvals;
pub use view_model::waiting;
