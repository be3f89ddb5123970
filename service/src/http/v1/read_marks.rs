//! `PUT /v1/me/read-marks`.

use http::StatusCode;
use tenantry_model::api::read_marks::RaiseReadMarks;
use tenantry_model::audit::{AuditCategory, AuditOperation};

use crate::domain::read_marks;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Body;

/// Says how far the caller has read incidents. A mark only rises, to no more messages than the incident has. Marks of incidents that the caller does
/// not see are passed over, and the answer is the same. Leaves no audit record.
#[utoipa::path(
    put, path = "/me/read-marks", tag = "users", security(("user" = [])), request_body = RaiseReadMarks,
    responses((status = 204, description = "Kept, as far as the caller sees the incidents")),
)]
pub(crate) async fn mark_read(request: WriteRequest, Body(RaiseReadMarks { marks }): Body<RaiseReadMarks>) -> Result<StatusCode> {
    read_marks::check(&marks)?;
    let mut write = request.open(Attempt::own(AuditCategory::Incident, AuditOperation::Update, "read marks")).await?;
    let (tx, caller, _) = write.parts();
    read_marks::raise(tx, caller, &marks).await?;
    write.commit().await.map(|()| StatusCode::NO_CONTENT)
}
