//! What an answer of the sync touches, gathered while it is applied: beyond so many keys it says "anything".

use std::collections::BTreeSet;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{IncidentRef, RoomKey, Touched};

const MOST_KEYS: usize = 500;

#[derive(Default)]
pub(super) struct Touches {
    whole: BTreeSet<TenantId>,
    incidents: Vec<IncidentRef>,
    rooms: Vec<RoomKey>,
    are_many: bool,
}

impl Touches {
    pub(super) fn customer(&mut self, id: TenantId) {
        self.whole.insert(id);
    }

    pub(super) fn incident(&mut self, key: IncidentRef) {
        if self.has_place() {
            self.incidents.push(key);
        }
    }

    pub(super) fn room(&mut self, key: RoomKey) {
        if self.has_place() {
            self.rooms.push(key);
        }
    }

    /// None where it was too much to name.
    pub(super) fn finish(self) -> Option<Touched> {
        let Self { whole, incidents, rooms, are_many } = self;
        (!are_many).then(|| Touched { whole: whole.into_iter().collect(), incidents, rooms })
    }

    fn has_place(&mut self) -> bool {
        self.are_many |= self.incidents.len() + self.rooms.len() >= MOST_KEYS;
        !self.are_many
    }
}
