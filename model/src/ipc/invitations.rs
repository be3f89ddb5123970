//! Answering an invitation.

use serde::{Deserialize, Serialize};

use super::FormId;
use crate::api::invitations::AcceptInvitation;
use crate::id::InvitationId;

/// An answer to an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AcceptArgs {
    /// Which invitation.
    pub invitation: InvitationId,
    /// From which form.
    pub form: FormId,
    /// The answer.
    pub answer: AcceptInvitation,
}
