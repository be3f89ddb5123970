//! Invitations, as the invited partner answers them (R27–R36).

pub(super) mod accept;
pub(super) mod deny;
pub(super) mod detail;

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::InvitationId;

use crate::domain::invitations::answer;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest, WriteTx};

const NOT_FOUND: &str = "It does not exist, was answered already, or is not the caller's to answer";

/// Opens the answer to an invitation. If it fails, it is in the customer's log under the partner's name, where the invitation is to the caller's
/// organisation.
async fn open(request: WriteRequest, id: InvitationId, operation: AuditOperation) -> Result<WriteTx> {
    let mut write = request.open(Attempt::own(AuditCategory::PartnerInvitation, operation, id)).await?;
    let (tx, caller, _) = write.parts();
    if let Some((customer, partner)) = answer::attempted_on(tx.conn(), caller, id).await? {
        write.concerns(customer, partner);
    }
    Ok(write)
}
