//! What the own rooms are called, and which groups they are in: a partner's answer names rooms by their ids alone.

use std::collections::BTreeMap;
use std::rc::Rc;

use tenantry_model::api::delegations::DelegatedGroup;
use tenantry_model::api::room_groups::RoomGroupRow;
use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoomGroupId, RoomId, TenantId};
use tenantry_model::ipc::GetRoomGroups;
use tenantry_model::room::Room;
use yew::prelude::*;

use crate::context::use_app;
use crate::domain_view::pickers::use_every_room;
use crate::hooks::use_command;
use crate::i18n::{I18n, t};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Known {
    has_come: bool,
    has_failed: bool,
    rooms: BTreeMap<RoomId, String>,
    groups: BTreeMap<RoomGroupId, (String, Vec<RoomId>)>,
}

/// Names of rooms and of their groups; nothing before they have arrived.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RoomNames(Rc<Known>);

impl RoomNames {
    fn of(rooms: &[Room], groups: &[RoomGroupRow]) -> Self {
        let mut known = Known { has_come: true, ..Known::default() };
        known.groups.extend(groups.iter().map(|group| (group.id, (group.name.clone(), vec![]))));
        for Room { id, display_name, groups, .. } in rooms {
            for group in groups {
                known.groups.entry(group.id).or_insert_with(|| (group.name.clone(), vec![])).1.push(*id);
            }
            known.rooms.insert(*id, display_name.clone());
        }
        Self(Rc::new(known))
    }

    pub(super) fn failed() -> Self {
        Self(Rc::new(Known { has_failed: true, ..Known::default() }))
    }

    #[cfg(test)]
    pub(super) fn made_of<'a>(
        rooms: impl IntoIterator<Item = (RoomId, String)>,
        groups: impl IntoIterator<Item = (RoomGroupId, &'a str, Vec<RoomId>)>,
    ) -> Self {
        let groups = groups.into_iter().map(|(id, name, rooms)| (id, (name.to_owned(), rooms))).collect();
        Self(Rc::new(Known { has_come: true, has_failed: false, rooms: rooms.into_iter().collect(), groups }))
    }

    /// With the names of groups that are delegated: the rooms tell only of groups that have some.
    pub(super) fn with(&self, delegated: &[DelegatedGroup]) -> Self {
        if delegated.iter().all(|group| self.0.groups.contains_key(&group.id)) {
            return self.clone();
        }
        let mut known = (*self.0).clone();
        for group in delegated {
            known.groups.entry(group.id).or_insert_with(|| (group.name.clone(), vec![]));
        }
        Self(Rc::new(known))
    }

    /// Whether it is known how many rooms there are: nothing can be said of them before, nor agreed to.
    pub(super) fn have_come(&self) -> bool {
        self.0.has_come
    }

    /// Whether they could not be read.
    pub(super) fn have_failed(&self) -> bool {
        self.0.has_failed
    }

    pub(super) fn all(&self) -> impl Iterator<Item = RoomId> {
        self.0.rooms.keys().copied()
    }

    pub(super) fn in_group(&self, group: RoomGroupId) -> impl Iterator<Item = RoomId> {
        self.0.groups.get(&group).into_iter().flat_map(|(_, rooms)| rooms).copied()
    }

    pub(super) fn group(&self, i18n: &I18n, group: RoomGroupId) -> String {
        self.0.groups.get(&group).map_or_else(|| t!(i18n, "group-unnamed"), |(name, _)| name.clone())
    }

    /// What a room is called. One that is not there any more has no name.
    pub(super) fn name(&self, i18n: &I18n, room: RoomId) -> String {
        self.0.rooms.get(&room).cloned().unwrap_or_else(|| t!(i18n, "room-unnamed"))
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
    let rooms = use_every_room(owner);
    // Where they can't be asked for, the rooms tell of those that have some.
    let groups = use_command::<GetRoomGroups>(owner, app.model.relations).remote;
    let names = use_memo((rooms, groups), |(rooms, groups)| match rooms {
        Some(Ok(rooms)) => RoomNames::of(rooms, groups.data().map_or(&[], |groups| &groups.value)),
        Some(Err(_)) => RoomNames::failed(),
        None => RoomNames::default(),
    });
    (*names).clone()
}
