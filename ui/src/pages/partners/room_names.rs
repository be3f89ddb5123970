//! What the own rooms are called: a partner's answer names them by their ids alone.

use std::collections::BTreeMap;
use std::rc::Rc;

use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::room::Room;
use yew::prelude::*;

use crate::context::use_app;
use crate::domain_view::pickers::every_room;
use crate::i18n::{I18n, t};

/// Names of rooms; nothing before they have arrived.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RoomNames(Rc<BTreeMap<RoomId, String>>);

impl RoomNames {
    fn of(rooms: Vec<Room>) -> Self {
        Self(Rc::new(rooms.into_iter().map(|room| (room.id, room.display_name)).collect()))
    }

    /// What a room is called. One that is not there any more has no name.
    pub(super) fn name(&self, i18n: &I18n, room: RoomId) -> String {
        self.0.get(&room).cloned().unwrap_or_else(|| t!(i18n, "room-unnamed"))
    }

    pub(super) fn names<'a>(&self, i18n: &I18n, rooms: impl IntoIterator<Item = &'a RoomId>) -> Vec<String> {
        let mut names: Vec<String> = rooms.into_iter().map(|room| self.name(i18n, *room)).collect();
        names.sort_by_cached_key(|name| sort_key(name));
        names
    }
}

#[hook]
pub(super) fn use_room_names(owner: Option<TenantId>) -> RoomNames {
    let app = use_app();
    let names = use_state(RoomNames::default);
    use_effect_with((owner, app.model.tick), {
        let names = names.setter();
        move |(owner, _)| {
            let Some(owner) = *owner else { return };
            wasm_bindgen_futures::spawn_local(async move {
                // Where it fails, the names that are known stay: the picker beside says why there are none.
                if let Ok(rooms) = every_room(owner).await {
                    names.set(RoomNames::of(rooms));
                }
            });
        }
    });
    (*names).clone()
}
