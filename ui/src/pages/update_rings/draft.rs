//! What the form of a ring holds, what is wrong with it, and what it sends. Pure.

use tenantry_model::api::update_rings::{ChangeUpdateRing, CreateUpdateRing, UpdateRingRow};
use tenantry_model::name::{LONGEST_DESCRIPTION, LONGEST_NAME, is_name};
use tenantry_model::search::fold;
use tenantry_model::update_ring::{LAST_ORDER, MOST_DAYS, RingDays, days_left, free_orders, place};

use crate::components::form::characters;
use crate::i18n::{I18n, t};

/// The fields as they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RingDraft {
    pub(super) order: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) deferral: String,
    pub(super) rollout: String,
    pub(super) test: String,
}

/// What is wrong with the fields, in words; a field that is empty is incomplete, not wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wrong {
    pub(super) order: Option<String>,
    pub(super) name: Option<String>,
    pub(super) deferral: Option<String>,
    pub(super) rollout: Option<String>,
    pub(super) test: Option<String>,
}

impl Wrong {
    pub(super) fn first(&self) -> Option<String> {
        [&self.order, &self.name, &self.deferral, &self.rollout, &self.test].into_iter().find_map(Clone::clone)
    }
}

impl RingDraft {
    /// A new one behind these.
    pub(super) fn behind(others: &[UpdateRingRow]) -> Self {
        let free = free_orders(others.iter().map(|ring| ring.order));
        let last = others.iter().map(|ring| ring.order).max().unwrap_or_default();
        let order = free.iter().find(|order| **order > last).or(free.first());
        Self { order: order.map(u8::to_string).unwrap_or_default(), deferral: "0".into(), ..Self::default() }
    }

    pub(super) fn of(ring: &UpdateRingRow) -> Self {
        Self {
            order: ring.order.to_string(),
            name: ring.name.clone(),
            description: ring.description.clone(),
            deferral: ring.days.deferral_days.to_string(),
            rollout: ring.days.rollout_days.to_string(),
            test: ring.days.test_days.to_string(),
        }
    }

    fn days(&self) -> Option<RingDays> {
        Some(RingDays { deferral_days: number(&self.deferral)?, rollout_days: number(&self.rollout)?, test_days: number(&self.test)? })
    }

    pub(super) fn is_complete(&self) -> bool {
        self.days().is_some() && number(&self.order).is_some() && is_name(self.name.trim(), LONGEST_NAME) && !self.is_too_long()
    }

    pub(super) fn is_too_long(&self) -> bool {
        characters(&self.description) > LONGEST_DESCRIPTION
    }

    /// Beside these other rings of the customer. Too many days are wrong where they were changed.
    pub(super) fn wrong(&self, i18n: &I18n, others: &[UpdateRingRow], was: Option<&UpdateRingRow>) -> Wrong {
        let left = days_left(others.iter().map(|ring| ring.days));
        let no_days = |text: &str| {
            let is_wrong = !text.trim().is_empty() && number(text).is_none_or(|days| days > MOST_DAYS);
            is_wrong.then(|| t!(i18n, "ring-days-wrong", most = MOST_DAYS))
        };
        let (rollout, test) = (number(&self.rollout).unwrap_or_default(), number(&self.test).unwrap_or_default());
        let beyond = rollout.saturating_add(test) > left;
        let same_test = was.is_some_and(|was| was.days.test_days == test && was.days.rollout_days != rollout);
        let at_rollout = rollout > left || same_test;
        let too_many = || t!(i18n, "ring-days-beyond", count = left, most = MOST_DAYS);
        let name = fold(self.name.trim());
        Wrong {
            order: self.wrong_order(i18n, others),
            name: (!name.is_empty() && others.iter().any(|ring| fold(&ring.name) == name)).then(|| t!(i18n, "field-name-taken")),
            deferral: no_days(&self.deferral),
            rollout: no_days(&self.rollout).or_else(|| (beyond && at_rollout).then(too_many)),
            test: no_days(&self.test).or_else(|| (beyond && !at_rollout).then(too_many)),
        }
    }

    /// How many days are left for rollout and for test, by what the other field says.
    pub(super) fn left(&self, others: &[UpdateRingRow]) -> [u32; 2] {
        let left = days_left(others.iter().map(|ring| ring.days));
        [&self.test, &self.rollout].map(|other| left.saturating_sub(number(other).unwrap_or_default()))
    }

    fn wrong_order(&self, i18n: &I18n, others: &[UpdateRingRow]) -> Option<String> {
        if self.order.trim().is_empty() {
            return None;
        }
        let Some(order) = number(&self.order).and_then(place) else {
            return Some(t!(i18n, "ring-order-wrong", most = LAST_ORDER));
        };
        let there = others.iter().find(|ring| ring.order == order)?;
        let free: Vec<String> = free_orders(others.iter().map(|ring| ring.order)).iter().map(u8::to_string).collect();
        Some(t!(i18n, "ring-order-used", ring = there.name.clone(), free = free.join(", ")))
    }

    /// Where it is complete.
    pub(super) fn create(&self) -> Option<CreateUpdateRing> {
        let RingDays { deferral_days, rollout_days, test_days } = self.days()?;
        let (name, description) = (self.name.trim().to_owned(), self.description.trim().to_owned());
        Some(CreateUpdateRing { order: number(&self.order)?, name, description, deferral_days, rollout_days, test_days })
    }

    /// What differs, and nothing else: what somebody else changed meanwhile stays.
    pub(super) fn change(&self, was: &UpdateRingRow) -> ChangeUpdateRing {
        let before = Self::of(was);
        let text = |mine: &str, was: &str| (mine.trim() != was).then(|| mine.trim().to_owned());
        let count = |mine: &str, was: &str| number(mine).filter(|mine| Some(*mine) != number(was));
        ChangeUpdateRing {
            order: count(&self.order, &before.order),
            name: text(&self.name, &before.name),
            description: text(&self.description, &before.description),
            deferral_days: count(&self.deferral, &before.deferral),
            rollout_days: count(&self.rollout, &before.rollout),
            test_days: count(&self.test, &before.test),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::Language;

    use super::super::view_model::tests::{custom, list};
    use super::*;

    fn draft(order: &str, rollout: &str, test: &str) -> RingDraft {
        let [order, rollout, test] = [order, rollout, test].map(str::to_owned);
        RingDraft { order, name: "Pilot".into(), description: String::new(), deferral: "0".into(), rollout, test }
    }

    #[test]
    fn r101_the_form_says_how_many_days_are_left_where_they_are_too_few() {
        let i18n = I18n::new(Language::English);
        let others = list(true, true).rings;
        let wrong = |rollout: &str, test: &str| draft("4", rollout, test).wrong(&i18n, &others, None);
        let beyond = t!(i18n, "ring-days-beyond", count = 30, most = 60);
        assert!(beyond.contains("30") && beyond.contains("60"), "{beyond}");
        assert_eq!(wrong("25", "5"), Wrong::default(), "all that is left");
        assert_eq!(wrong("31", "0"), Wrong { rollout: Some(beyond.clone()), ..Wrong::default() });
        assert_eq!(wrong("25", "6"), Wrong { test: Some(beyond.clone()), ..Wrong::default() });
        assert_eq!(wrong("4294967295", "1").rollout, Some(t!(i18n, "ring-days-wrong", most = 60)));
        for odd in ["-1", "1.5", "x", "61"] {
            assert!(wrong(odd, "0").rollout.is_some() && wrong("0", odd).test.is_some(), "{odd}");
        }
        assert_eq!(wrong("", ""), Wrong::default());
        let mut was = custom(4, true);
        (was.days.rollout_days, was.days.test_days) = (5, 10);
        let wrong = draft("4", "25", "10").wrong(&i18n, &others, Some(&was));
        assert_eq!(wrong, Wrong { rollout: Some(beyond), ..Wrong::default() }, "at the field that was changed");
        assert_eq!(draft("4", "25", "").left(&others), [30, 5], "what the other field leaves");
        assert!(!draft("4", "", "1").is_complete() && draft("4", " 2 ", "1").is_complete());
    }

    #[test]
    fn r100_a_place_is_one_to_nine_and_one_rings() {
        let i18n = I18n::new(Language::German);
        let others = list(true, true).rings;
        let wrong = |order: &str| draft(order, "1", "1").wrong(&i18n, &others, None).order;
        assert_eq!((wrong("4"), wrong("9"), wrong("")), (None, None, None));
        assert!(["0", "10", "x"].iter().all(|order| wrong(order) == Some(t!(i18n, "ring-order-wrong", most = 9))));
        let used = wrong("2").unwrap();
        assert!(used.contains("General") && used.contains("4, 5, 6, 7, 8, 9"), "{used}");
        assert_eq!(RingDraft::behind(&others).order, "4");
        assert_eq!(RingDraft::behind(&[custom(9, true), custom(1, true)]).order, "2", "a gap where nothing is behind");
    }

    #[test]
    fn a_change_names_what_differs_and_nothing_else() {
        let was = custom(4, true);
        let mut draft = RingDraft::of(&was);
        assert_eq!(draft.change(&was), ChangeUpdateRing::default());
        draft.test = "01".into();
        assert_eq!(draft.change(&was), ChangeUpdateRing::default(), "the same number");
        draft.rollout = " 3 ".into();
        draft.description = " Two rooms ".into();
        let expected = ChangeUpdateRing { rollout_days: Some(3), description: Some("Two rooms".into()), ..ChangeUpdateRing::default() };
        assert_eq!(draft.change(&was), expected);
        let others = list(true, true).rings;
        draft.name = "GENERAL".into();
        assert!(draft.wrong(&I18n::default(), &others, None).name.is_some(), "however it is written");
    }
}
