//! The rooms of one customer.

pub(super) mod change;
pub(super) mod detail;
pub(super) mod enrol;
pub(super) mod events;
pub(super) mod list;
pub(super) mod signals;
pub(super) mod suppress;
pub(super) mod unenrol;

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};

use crate::http::auth::Attempt;

const NOT_FOUND: &str = "It does not exist, or the caller may not do that with it";

fn attempt(customer: TenantId, room: RoomId) -> Attempt {
    Attempt::at(customer, AuditCategory::Room, AuditOperation::Update, room)
}
