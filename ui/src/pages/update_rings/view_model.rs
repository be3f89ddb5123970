//! What the list of update rings shows, and why something cannot be done. Pure.

use tenantry_model::api::update_rings::{RingList, UpdateRingRow};
use tenantry_model::filter::Name;
use tenantry_model::id::{TenantId, UpdateRingId};
use tenantry_model::ipc::{RoomFilter, RoomQuery, RoomRow};
use tenantry_model::update_ring::{LAST_ORDER, RingDays};

use crate::components::confirm::Compared;
use crate::i18n::{I18n, t};

use super::draft::RingDraft;

/// How many rooms of a ring its pane shows.
pub(super) const SHOWN: u32 = 200;

/// A line of the table: a ring, or what all of them take.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    Ring(Box<UpdateRingRow>),
    Total(Total),
}

impl Line {
    pub(super) fn days(&self) -> RingDays {
        match self {
            Self::Ring(ring) => ring.days,
            Self::Total(total) => total.days,
        }
    }

    pub(super) fn completion_day(&self) -> u32 {
        match self {
            Self::Ring(ring) => ring.completion_day,
            Self::Total(total) => total.completion_day,
        }
    }

    pub(super) fn rooms(&self) -> u32 {
        match self {
            Self::Ring(ring) => ring.rooms,
            Self::Total(total) => total.rooms,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Total {
    pub(super) days: RingDays,
    pub(super) completion_day: u32,
    pub(super) rooms: u32,
    pub(super) days_left: u32,
}

/// The rings in their order, and what they take together.
pub(super) fn lines(list: &RingList) -> Vec<Line> {
    let sum = |of: fn(&UpdateRingRow) -> u32| list.rings.iter().map(of).fold(0, u32::saturating_add);
    let total = Total {
        days: RingDays {
            deferral_days: sum(|ring| ring.days.deferral_days),
            rollout_days: sum(|ring| ring.days.rollout_days),
            test_days: sum(|ring| ring.days.test_days),
        },
        completion_day: list.rings.last().map_or(0, |ring| ring.completion_day),
        rooms: sum(|ring| ring.rooms),
        days_left: list.days_left,
    };
    list.rings.iter().cloned().map(|ring| Line::Ring(Box::new(ring))).chain([Line::Total(total)]).collect()
}

pub(super) fn ring(list: &RingList, id: UpdateRingId) -> Option<&UpdateRingRow> {
    list.rings.iter().find(|ring| ring.id == id)
}

/// All but this one.
pub(super) fn others(list: &RingList, but: Option<UpdateRingId>) -> Vec<UpdateRingRow> {
    list.rings.iter().filter(|ring| Some(ring.id) != but).cloned().collect()
}

/// The rooms of a ring by its name.
pub(super) fn rooms_of(customer: TenantId, ring: &str) -> RoomQuery {
    let rings = vec![Name::Whole(ring.to_owned())];
    RoomQuery { filter: RoomFilter { rings, ..RoomFilter::default() }, ..RoomQuery::of_customer(customer, SHOWN) }
}

/// Why no ring can be added.
pub(super) fn why_not_add(i18n: &I18n, list: &RingList) -> Option<String> {
    let full = || (list.rings.len() >= usize::from(LAST_ORDER)).then(|| t!(i18n, "rings-full", most = LAST_ORDER));
    (!list.may_make).then(|| t!(i18n, "rings-not-everywhere")).or_else(full)
}

/// Why this one cannot be changed.
pub(super) fn why_not_change(i18n: &I18n, ring: &UpdateRingRow) -> Option<String> {
    (!ring.may_change).then(|| if ring.built_in.is_some() { t!(i18n, "ring-preset-shared") } else { t!(i18n, "ring-shared") })
}

/// Why this one cannot be deleted (R102).
pub(super) fn why_not_delete(i18n: &I18n, list: &RingList, ring: &UpdateRingRow) -> Option<String> {
    let preset = ring.built_in.is_some().then(|| t!(i18n, "ring-preset-stays"));
    preset.or_else(|| (!list.may_make).then(|| t!(i18n, "rings-not-everywhere")))
}

/// Why no room can be moved to one.
pub(super) fn why_not_move(i18n: &I18n, list: &RingList) -> Option<String> {
    (!list.may_move).then(|| t!(i18n, "rings-no-move"))
}

/// A ring when the form was opened, now, and in the form.
pub(super) fn compare(i18n: &I18n, was: &UpdateRingRow, now: &UpdateRingRow, mine: &RingDraft) -> Vec<Compared> {
    let line = |label: String, of: fn(&RingDraft) -> &String| {
        let [was, now] = [was, now].map(|ring| of(&RingDraft::of(ring)).trim().to_owned());
        Compared::new(label, [was, now, of(mine).trim().to_owned()])
    };
    vec![
        line(t!(i18n, "ring-order"), |draft| &draft.order),
        line(t!(i18n, "column-name"), |draft| &draft.name),
        line(t!(i18n, "description"), |draft| &draft.description),
        line(t!(i18n, "ring-deferral"), |draft| &draft.deferral),
        line(t!(i18n, "ring-rollout"), |draft| &draft.rollout),
        line(t!(i18n, "ring-test"), |draft| &draft.test),
    ]
}

/// Those of the rooms that are in this ring: the copy may still know it, or another one, by this name.
pub(super) fn in_ring(rows: &[RoomRow], ring: UpdateRingId) -> Vec<RoomRow> {
    rows.iter().filter(|row| row.room.ring.as_ref().is_some_and(|one| one.id == ring)).cloned().collect()
}

#[cfg(test)]
pub(super) mod tests {
    use tenantry_model::ipc::Language;
    use tenantry_model::update_ring::{RingPreset, completion_days, days_left};
    use uuid::Uuid;

    use super::*;

    /// The three presets, as they are at first.
    pub(in super::super) fn list(may_make: bool, may_change: bool) -> RingList {
        let complete = completion_days(RingPreset::ALL.iter().map(|preset| preset.days()));
        let row = |(preset, completion_day): (&RingPreset, u32)| UpdateRingRow {
            id: UpdateRingId::from_uuid(Uuid::from_u128(u128::from(preset.order()))),
            order: preset.order(),
            name: preset.name().into(),
            description: String::new(),
            days: preset.days(),
            completion_day,
            rooms: 2,
            built_in: Some(*preset),
            may_change,
            version: 1,
        };
        RingList {
            rings: RingPreset::ALL.iter().zip(complete).map(row).collect(),
            days_left: days_left(RingPreset::ALL.iter().map(|preset| preset.days())),
            may_make,
            may_move: may_change,
            needs_approval: false,
        }
    }

    pub(in super::super) fn custom(order: u8, may_change: bool) -> UpdateRingRow {
        let days = RingDays { deferral_days: 0, rollout_days: 1, test_days: 1 };
        let id = UpdateRingId::from_uuid(Uuid::from_u128(u128::from(order)));
        UpdateRingRow { id, order, name: format!("Ring {order}"), days, built_in: None, may_change, ..list(true, true).rings.remove(0) }
    }

    #[test]
    fn r101_the_last_line_says_what_all_rings_take_and_what_is_left_of_the_sixty_days() {
        let lines = lines(&list(true, true));
        let Some(Line::Total(total)) = lines.last() else { panic!("{lines:?}") };
        assert_eq!((lines.len(), total.days.rollout_days, total.days.test_days), (4, 17, 13));
        assert_eq!((total.days_left, total.completion_day, total.rooms), (30, 30, 6));
    }

    #[test]
    fn r102_a21_what_cannot_be_done_with_a_ring_says_why() {
        let i18n = I18n::new(Language::English);
        let all = |list: &RingList, ring: &UpdateRingRow| {
            [why_not_add(&i18n, list), why_not_change(&i18n, ring), why_not_delete(&i18n, list, ring), why_not_move(&i18n, list)]
        };
        let own = list(true, true);
        assert_eq!(all(&own, &custom(4, true)), [None, None, None, None]);
        assert_eq!(all(&own, &own.rings[1])[2], Some(t!(i18n, "ring-preset-stays")), "a preset one (R102)");
        let partner = list(false, false);
        let [add, change, delete, _] = all(&partner, &custom(4, true));
        assert!(add.is_some() && change.is_none() && delete == add, "it holds their rooms alone (A21)");
        assert_eq!(all(&partner, &custom(4, false))[1], Some(t!(i18n, "ring-shared")));
        assert_eq!(all(&partner, &partner.rings[0])[1], Some(t!(i18n, "ring-preset-shared")));
        assert!(all(&partner, &partner.rings[0])[3].is_some());
        let mut full = list(true, true);
        full.rings.extend((4..=9).map(|order| custom(order, true)));
        assert_eq!(why_not_add(&i18n, &full), Some(t!(i18n, "rings-full", most = 9)));
    }
}
