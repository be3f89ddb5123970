//! The files of an incident (R82): announced, sent in parts, read back.

pub(super) mod append;
pub(super) mod begin;
pub(super) mod content;
pub(super) mod give_up;
mod range;
pub(super) mod upload;
mod whole;

use tenantry_model::audit::{AuditCategory, AuditOperation};
use utoipa::ToSchema;

use crate::domain::incidents::attachments::Place;
use crate::http::auth::Attempt;

/// The bytes of a file, or of a part of it.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes what is read and written as it comes")]
struct FileBytes(Vec<u8>);

const NOT_FOUND: &str = "There is no such upload of the caller's, or they may not add to the incident any more";

fn attempt(place: Place) -> Attempt {
    Attempt::at(place.customer, AuditCategory::Incident, AuditOperation::Update, place.number)
}
