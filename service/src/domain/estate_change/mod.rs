//! Changes as data: what `tenantry-service apply` and the demo's control take, and a list of which is whole or not at all. Each is done by the
//! domain's own function for it, with the operator as the actor.
//!
//! One more change: a variant in [`format`], a line in [`apply`](mod@apply) that calls the function of its noun.

pub mod apply;
pub mod format;

pub(crate) use apply::placed;
pub use apply::{Outcome, apply, apply_all};
pub use format::EstateChange;
