//! What a request about rings is, as it was written: a change of a ring, or of an update on its way through them.

use serde::Deserialize;
use tenantry_model::id::RoomId;

use crate::domain::update_rings::controlled::RingChange;
use crate::domain::updates::controlled::UpdateChange;

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum RingRequest {
    Update(UpdateChange),
    Ring(RingChange),
}

impl RingRequest {
    /// The rooms that it names.
    pub(super) fn rooms(&self) -> Vec<RoomId> {
        match self {
            Self::Update(change) => change.rooms().to_vec(),
            Self::Ring(change) => change.rooms(),
        }
    }
}
