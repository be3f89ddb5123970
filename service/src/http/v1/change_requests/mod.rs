//! Partners' changes that wait for the approval of the caller's organisation (R24, A19).

pub(super) mod approve;
pub(super) mod list;
pub(super) mod reject;

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::ChangeRequestId;

use crate::domain::requests;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest, WriteTx};

const NOT_FOUND: &str = "There is no such request, or the caller does not administer a customer";

/// Opens the decision of a request. If it fails, the log calls it by what the request is about, where that is the caller's to know.
async fn open(request: WriteRequest, id: ChangeRequestId) -> Result<WriteTx> {
    let mut write = request.open(Attempt::own(AuditCategory::Role, AuditOperation::Update, id)).await?;
    let (tx, caller, _) = write.parts();
    if let Some((category, about)) = requests::attempted_on(tx.conn(), caller, id).await? {
        let customer = caller.tenant.id;
        write.concerns(customer, about);
        write.is_of(category);
    }
    Ok(write)
}
