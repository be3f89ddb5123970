//! Which rooms a form delegates to a partner (A36): as chosen, in words, and what of it is sent. Pure.

use std::collections::BTreeSet;
use std::rc::Rc;

use tenantry_model::api::delegations::{Delegate, DelegateAll, DelegateGroup, Revoke};
use tenantry_model::api::partners::PartnerDetail;
use tenantry_model::id::{RoomGroupId, RoomId};

use super::room_names::RoomNames;
use crate::domain_view::pickers::Picked;
use crate::i18n::{I18n, Names, t};

/// What is chosen. Preset: nothing, and no future rooms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Chosen {
    /// All rooms, whatever is picked beside.
    pub(super) all: bool,
    /// Whether that takes in rooms that join later.
    pub(super) all_future: bool,
    pub(super) picked: Rc<Picked>,
    /// Groups whose future rooms are taken in; those that are not picked mean nothing.
    pub(super) future: BTreeSet<RoomGroupId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choose {
    All(bool),
    AllFuture(bool),
    Picked(Picked),
    Future(RoomGroupId, bool),
}

impl Chosen {
    /// What is delegated: groups and *all* are kept with future rooms alone.
    pub(super) fn of(detail: &PartnerDetail) -> Self {
        let groups: BTreeSet<RoomGroupId> = detail.groups.iter().map(|group| group.id).collect();
        let picked = Picked { rooms: detail.room_ids.iter().copied().collect(), groups: groups.clone() };
        Self { all: detail.all_rooms, all_future: detail.all_rooms, picked: Rc::new(picked), future: groups }
    }

    pub(super) fn edited(&self, choose: Choose) -> Self {
        let mut next = self.clone();
        match choose {
            Choose::All(all) => next.all = all,
            Choose::AllFuture(future) => next.all_future = future,
            Choose::Picked(picked) => next.picked = Rc::new(picked),
            Choose::Future(group, true) => drop(next.future.insert(group)),
            Choose::Future(group, false) => drop(next.future.remove(&group)),
        }
        next
    }

    pub(super) fn is_nothing(&self) -> bool {
        !self.all && self.picked.rooms.is_empty() && self.picked.groups.is_empty()
    }

    /// The groups that take in future rooms.
    fn with_future(&self) -> BTreeSet<RoomGroupId> {
        if self.all { BTreeSet::new() } else { self.picked.groups.intersection(&self.future).copied().collect() }
    }

    /// The rooms that are delegated one by one, as they are shown: also those that *all* or a group has, where future ones are not taken in.
    fn one_by_one(&self, known: &RoomNames) -> BTreeSet<RoomId> {
        if self.all {
            return if self.all_future { BTreeSet::new() } else { known.all().collect() };
        }
        let groups = self.picked.groups.difference(&self.future).flat_map(|group| known.in_group(*group));
        self.picked.rooms.iter().copied().chain(groups).collect()
    }

    /// What an invitation says.
    pub(super) fn delegate(&self, known: &RoomNames) -> Delegate {
        change(&Self::default(), self, known).0
    }

    /// The rooms that this comes to at this moment.
    pub(super) fn rooms(&self, known: &RoomNames) -> BTreeSet<RoomId> {
        if self.all {
            return known.all().collect();
        }
        self.picked.rooms.iter().copied().chain(self.picked.groups.iter().flat_map(|group| known.in_group(*group))).collect()
    }

    /// It after a change: what somebody else made of it meanwhile stays.
    pub(super) fn after(&self, (add, remove): &(Delegate, Revoke)) -> Self {
        if add.all.is_some_and(|all| all.future) {
            return Self { all: true, all_future: true, ..Self::default() };
        }
        if self.all && !remove.all {
            return self.clone();
        }
        let mut picked = if self.all { Picked::default() } else { (*self.picked).clone() };
        picked.groups.retain(|group| !remove.groups.contains(group));
        picked.rooms.extend(&add.rooms);
        picked.groups.extend(add.groups.iter().map(|group| group.id));
        picked.rooms.retain(|room| !remove.rooms.contains(room));
        let future = picked.groups.clone();
        Self { all: false, all_future: false, picked: Rc::new(picked), future }
    }
}

/// What comes and what leaves where one choice follows on another, which is delegated. A room stays that a group still brings.
pub(super) fn change(was: &Chosen, mine: &Chosen, known: &RoomNames) -> (Delegate, Revoke) {
    let future = mine.with_future();
    let everything = mine.all && mine.all_future;
    if everything && was.all {
        return (Delegate::default(), Revoke::default());
    }
    let add = Delegate {
        rooms: mine.one_by_one(known).difference(&was.picked.rooms).copied().collect(),
        groups: future.difference(&was.picked.groups).map(|id| DelegateGroup { id: *id, future: true }).collect(),
        all: everything.then_some(DelegateAll { future: true }),
    };
    let remove = Revoke {
        rooms: if mine.all { vec![] } else { was.picked.rooms.difference(&mine.rooms(known)).copied().collect() },
        groups: if everything { vec![] } else { was.picked.groups.difference(&future).copied().collect() },
        all: was.all,
    };
    (add, remove)
}

pub(super) fn is_change((add, remove): &(Delegate, Revoke)) -> bool {
    *add != Delegate::default() || *remove != Revoke::default()
}

/// What is delegated, in words: how many rooms now, and which will come by themselves.
pub(super) fn words(i18n: &I18n, chosen: &Chosen, known: &RoomNames) -> String {
    if chosen.is_nothing() {
        return t!(i18n, "delegate-nothing");
    }
    if !known.have_come() {
        return if known.have_failed() { t!(i18n, "delegate-words-failed") } else { t!(i18n, "delegate-words-waiting") };
    }
    let count = chosen.rooms(known).len();
    if chosen.all {
        return if chosen.all_future {
            t!(i18n, "delegate-words-all-future", count = count)
        } else {
            t!(i18n, "delegate-words-all", count = count)
        };
    }
    let mut names: Vec<String> = chosen.with_future().iter().map(|group| known.group(i18n, *group)).collect();
    names.sort_by_cached_key(|name| tenantry_model::collation::sort_key(name));
    let names: Names = names.iter().collect();
    if names.is_empty() {
        t!(i18n, "delegate-words-rooms", count = count)
    } else {
        t!(i18n, "delegate-words-groups", count = count, groups = names)
    }
}

/// Which rooms a change of the delegation puts in and takes out at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RoomChange {
    pub(super) added: BTreeSet<RoomId>,
    pub(super) removed: BTreeSet<RoomId>,
}

impl RoomChange {
    pub(super) fn between(was: &BTreeSet<RoomId>, now: &BTreeSet<RoomId>) -> Self {
        Self { added: now.difference(was).copied().collect(), removed: was.difference(now).copied().collect() }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use tenantry_model::ipc::Language;
    use uuid::Uuid;

    use super::*;

    pub(crate) fn room(n: u128) -> RoomId {
        RoomId::from_uuid(Uuid::from_u128(n))
    }

    pub(crate) fn group(n: u128) -> RoomGroupId {
        RoomGroupId::from_uuid(Uuid::from_u128(n))
    }

    /// Rooms 1 to 5; 1 and 2 are in the group 10, which is called Altbau.
    pub(crate) fn known() -> RoomNames {
        RoomNames::made_of((1..=5).map(|n| (room(n), format!("Room {n}"))), [(group(10), "Altbau", vec![room(1), room(2)])])
    }

    pub(crate) fn chosen(rooms: &[u128], groups: &[u128], future: &[u128]) -> Chosen {
        let picked = Picked { rooms: rooms.iter().copied().map(room).collect(), groups: groups.iter().copied().map(group).collect() };
        Chosen { picked: Rc::new(picked), future: future.iter().copied().map(group).collect(), ..Chosen::default() }
    }

    fn all(future: bool) -> Chosen {
        Chosen { all: true, all_future: future, ..Chosen::default() }
    }

    #[test]
    fn a36_an_invitation_names_the_chosen_rooms_alone_unless_future_ones_are_ticked() {
        let known = known();
        let sent = chosen(&[3], &[10], &[]).delegate(&known);
        assert_eq!((sent.rooms, sent.groups, sent.all), (vec![room(1), room(2), room(3)], vec![], None), "the rooms that were shown");
        let sent = chosen(&[], &[10], &[10]).delegate(&known);
        assert_eq!((sent.rooms, sent.groups), (vec![], vec![DelegateGroup { id: group(10), future: true }]));
        assert_eq!(chosen(&[3], &[], &[10]).delegate(&known).groups, [], "a group that is not picked any more");
        let everything = all(true).edited(Choose::Picked(Picked { rooms: BTreeSet::from([room(1)]), ..Picked::default() }));
        assert_eq!(everything.delegate(&known), Delegate { all: Some(DelegateAll { future: true }), ..Delegate::default() }, "one word");
        let sent = all(false).delegate(&known);
        assert_eq!((sent.rooms.len(), sent.all), (5, None));
    }

    #[test]
    fn a36_nothing_is_said_of_rooms_before_they_have_come() {
        let i18n = I18n::default();
        for chosen in [all(true), all(false), chosen(&[1], &[10], &[10])] {
            assert_eq!(words(&i18n, &chosen, &RoomNames::default()), t!(i18n, "delegate-words-waiting"));
            assert_eq!(words(&i18n, &chosen, &RoomNames::failed()), t!(i18n, "delegate-words-failed"));
            assert_ne!(words(&i18n, &chosen, &known()), t!(i18n, "delegate-words-waiting"));
        }
    }

    #[test]
    fn a36_a_change_sends_what_comes_and_what_leaves() {
        let known = known();
        let was = chosen(&[3, 4], &[10], &[10]);
        assert!(!is_change(&change(&was, &was, &known)));
        let (add, remove) = change(&was, &chosen(&[4, 5], &[10], &[10]), &known);
        assert_eq!((add.rooms, remove.rooms, add.groups.len(), remove.groups.len()), (vec![room(5)], vec![room(3)], 0, 0));
        let (add, remove) = change(&was, &chosen(&[3, 4], &[10], &[]), &known);
        assert_eq!(
            (add.rooms, add.groups, remove.groups, remove.rooms),
            (vec![room(1), room(2)], vec![], vec![group(10)], vec![]),
            "kept as its rooms"
        );
        let (add, remove) = change(&all(true), &chosen(&[1], &[], &[]), &known);
        assert_eq!((add.rooms, remove.all), (vec![room(1)], true));
        let (add, remove) = change(&was, &all(false), &known);
        assert_eq!((add.rooms, remove.rooms), (vec![room(1), room(2), room(5)], vec![]), "rooms that the own list does not show stay, too");
        assert_eq!((add.all, remove.groups, remove.all), (None, vec![group(10)], false));
        assert!(!is_change(&change(&all(true), &all(true), &known)));
        // A room that is no longer ticked stays where its group is.
        for future in [&[][..], &[10]] {
            assert_eq!(change(&chosen(&[1, 3], &[], &[]), &chosen(&[3], &[10], future), &known).1.rooms, []);
        }
        assert!(!is_change(&change(&chosen(&[1], &[10], &[10]), &chosen(&[], &[10], &[10]), &known)));
    }

    #[test]
    fn r37_two_changes_of_the_delegated_rooms_come_together() {
        let known = known();
        let (was, mine) = (chosen(&[1, 3], &[], &[]), chosen(&[3, 4], &[], &[]));
        let theirs = chosen(&[1, 3, 5], &[10], &[10]);
        let both = theirs.after(&change(&was, &mine, &known));
        assert_eq!((&*both.picked, both.all), (&*chosen(&[3, 4, 5], &[10], &[10]).picked, false));
        let narrowed = all(true).after(&change(&all(true), &chosen(&[1], &[10], &[]), &known));
        assert_eq!(narrowed.rooms(&known), BTreeSet::from([room(1), room(2)]));
        assert!(theirs.after(&change(&was, &all(true), &known)).all);
        assert_eq!(all(true).after(&change(&all(true), &all(false), &known)).picked.rooms.len(), 5);
    }

    #[test]
    fn a36_what_will_be_delegated_is_said_in_words() {
        let known = known();
        let said = |i18n: &I18n, chosen: &Chosen| words(i18n, chosen, &known).replace(['\u{2068}', '\u{2069}'], "");
        let english = I18n::new(Language::English);
        assert_eq!(
            said(&english, &chosen(&[3], &[10], &[10])),
            "3 rooms now. Rooms that join Altbau later are delegated, too; rooms that leave no longer are."
        );
        assert_eq!(said(&english, &chosen(&[3], &[10], &[])), "3 rooms. Rooms that join later are not delegated.");
        assert_eq!(said(&english, &all(true)), "All 5 rooms there are now, and every room that joins later.");
        assert!(said(&english, &all(false)).ends_with("Rooms that join later are not delegated."));
        assert!(said(&english, &Chosen::default()).starts_with("Nothing is chosen"));
        let german = I18n::new(Language::German);
        assert_eq!(
            said(&german, &chosen(&[3], &[10], &[10])),
            "Jetzt 3 Räume. Räume, die später zu Altbau kommen, werden auch delegiert; Räume, die ausscheiden, nicht mehr."
        );
    }
}
