//! What the form of a group holds, and what it sends. Pure.

use std::collections::BTreeSet;
use std::rc::Rc;

use tenantry_model::api::room_groups::{ChangeRoomGroup, CreateRoomGroup, MOST_ROOMS};
use tenantry_model::id::RoomId;
use tenantry_model::name::{LONGEST_NAME, is_name};

use crate::domain_view::pickers::Picked;

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct GroupDraft {
    pub(super) name: String,
    /// None where its rooms are those that it had: they may come after the form.
    picked: Option<Rc<Picked>>,
}

/// A group as its form begins: what it is called, and which of its rooms the user sees.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Before {
    pub(super) name: String,
    pub(super) rooms: BTreeSet<RoomId>,
}

impl GroupDraft {
    pub(super) fn of(before: &Before) -> Self {
        Self { name: before.name.clone(), picked: None }
    }

    pub(super) fn pick(&mut self, picked: Picked, before: &Before) {
        self.picked = (picked.rooms != before.rooms).then(|| picked.into());
    }

    /// What is ticked.
    pub(super) fn picked(&self, before: &Before) -> Rc<Picked> {
        self.picked.clone().unwrap_or_else(|| Rc::new(Picked { rooms: before.rooms.clone(), groups: BTreeSet::new() }))
    }

    pub(super) fn has_name(&self) -> bool {
        is_name(self.name.trim(), LONGEST_NAME)
    }

    pub(super) fn create(&self) -> CreateRoomGroup {
        let rooms = self.picked(&Before::default());
        CreateRoomGroup { name: self.name.trim().to_owned(), rooms: rooms.rooms.iter().copied().collect() }
    }

    /// What differs, and nothing else: rooms that somebody else put in or took out meanwhile stay as they are.
    pub(super) fn change(&self, before: &Before) -> ChangeRoomGroup {
        let (name, picked) = (self.name.trim(), self.picked(before));
        ChangeRoomGroup {
            name: (name != before.name).then(|| name.to_owned()),
            add: picked.rooms.difference(&before.rooms).copied().collect(),
            remove: before.rooms.difference(&picked.rooms).copied().collect(),
        }
    }

    /// Whether more rooms come or go than one request takes.
    pub(super) fn is_too_much(&self, before: &Before) -> bool {
        let change = self.change(before);
        change.add.len().max(change.remove.len()) > MOST_ROOMS
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn room(n: u128) -> RoomId {
        RoomId::from_uuid(Uuid::from_u128(n))
    }

    fn picks(rooms: impl IntoIterator<Item = u128>) -> Picked {
        Picked { rooms: rooms.into_iter().map(room).collect(), groups: BTreeSet::new() }
    }

    #[test]
    fn a20_a_change_names_what_comes_and_what_goes_and_nothing_else() {
        let before = Before { name: "Süd".into(), rooms: [room(1), room(2)].into() };
        let mut draft = GroupDraft::of(&before);
        assert_eq!(draft.change(&before), ChangeRoomGroup::default());
        draft.pick(picks([2, 3]), &before);
        assert_eq!(draft.change(&before), ChangeRoomGroup { name: None, add: vec![room(3)], remove: vec![room(1)] });
        draft.name = " Nord ".into();
        assert_eq!(draft.change(&before).name.as_deref(), Some("Nord"));
    }

    #[test]
    fn a20_rooms_that_come_after_the_form_are_no_change_of_it() {
        let begun = Before { name: "Süd".into(), rooms: BTreeSet::new() };
        let mut draft = GroupDraft { name: "Nord".into(), ..GroupDraft::of(&begun) };
        let known = Before { rooms: [room(1), room(2)].into(), ..begun };
        assert_eq!(draft.change(&known), ChangeRoomGroup { name: Some("Nord".into()), ..ChangeRoomGroup::default() });
        draft.pick(picks([1]), &known);
        assert_eq!(draft.change(&known).remove, [room(2)]);
        draft.pick(picks([1, 2]), &known);
        assert_eq!(draft, GroupDraft { name: "Nord".into(), picked: None }, "ticked again, it is as it was");
    }

    #[test]
    fn a_group_needs_a_name_and_takes_so_many_rooms_at_once() {
        let none = Before::default();
        for (name, good) in [("", false), (" \u{200b}", false), ("Süd", true)] {
            assert_eq!(GroupDraft { name: name.into(), ..GroupDraft::default() }.has_name(), good, "{name:?}");
        }
        let draft = |count: u128| GroupDraft { name: "Süd".into(), picked: Some(picks(0..count).into()) };
        assert!(!draft(1_000).is_too_much(&none) && draft(1_001).is_too_much(&none));
        let all = Before { name: "Süd".into(), rooms: (0..1_001).map(room).collect() };
        assert!(draft(0).is_too_much(&all) && !GroupDraft::of(&all).is_too_much(&all));
        assert_eq!(draft(2).create().rooms, [room(0), room(1)]);
    }
}
