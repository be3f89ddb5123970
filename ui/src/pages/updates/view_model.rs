//! What the list of updates shows, and why something cannot be done. Pure.

use tenantry_model::api::updates::{UpdateInRing, UpdateList, UpdateRow};
use tenantry_model::id::UpdateId;
use tenantry_model::update::{UpdateCounts, UpdateStatus};

use crate::i18n::{I18n, t};

/// What the counters narrow the list to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Only {
    /// That have something before them.
    Current,
    Paused,
    Complete,
}

impl Only {
    fn has(self, row: &UpdateRow) -> bool {
        match self {
            Self::Current => !row.is_past(),
            Self::Paused => row.status == UpdateStatus::Paused,
            Self::Complete => matches!(row.status, UpdateStatus::Completed | UpdateStatus::CompletedWithFailures),
        }
    }

    pub(super) fn count(self, list: &UpdateList) -> u32 {
        u32::try_from(list.updates.iter().filter(|row| self.has(row)).count()).unwrap_or(u32::MAX)
    }
}

/// The updates that are shown: what a counter narrows them to, else those that have something before them, and past ones where they are wanted.
pub(super) fn rows(list: &UpdateList, only: Option<Only>, past: bool) -> Vec<UpdateRow> {
    let shown = |row: &&UpdateRow| only.map_or(past || !row.is_past(), |only| only.has(row));
    list.updates.iter().filter(shown).cloned().collect()
}

pub(super) fn update(list: &UpdateList, id: UpdateId) -> Option<&UpdateRow> {
    list.updates.iter().find(|row| row.id == id)
}

/// In how many rooms it is to be installed still.
pub(super) const fn left(counts: UpdateCounts) -> u32 {
    counts.rooms.saturating_sub(counts.installed)
}

/// Why nothing of this kind can be done with it at all.
fn why_not_act(i18n: &I18n, list: &UpdateList, row: &UpdateRow) -> Option<String> {
    if row.deprecated_at.is_some() {
        return Some(t!(i18n, "update-why-deprecated"));
    }
    (!list.may_act).then(|| t!(i18n, "update-why-no-right"))
}

/// Why it cannot be paused or resumed.
pub(super) fn why_not_pause(i18n: &I18n, list: &UpdateList, row: &UpdateRow) -> Option<String> {
    why_not_act(i18n, list, row)
        .or_else(|| (!row.may_pause).then(|| t!(i18n, "update-why-shared")))
        .or_else(|| row.paused.is_none().then(|| why_none_left(i18n, row.counts)).flatten())
}

/// Why there is no room to install it in.
fn why_none_left(i18n: &I18n, counts: UpdateCounts) -> Option<String> {
    let none = || if counts.rooms == 0 { t!(i18n, "update-why-no-package") } else { t!(i18n, "update-why-complete") };
    (left(counts) == 0).then(none)
}

fn why_not_now(i18n: &I18n, list: &UpdateList, row: &UpdateRow) -> Option<String> {
    why_not_act(i18n, list, row).or_else(|| row.paused.is_some().then(|| t!(i18n, "update-why-paused")))
}

/// Why it cannot be retried.
pub(super) fn why_not_retry(i18n: &I18n, list: &UpdateList, row: &UpdateRow) -> Option<String> {
    why_not_now(i18n, list, row).or_else(|| (row.counts.failed == 0).then(|| t!(i18n, "update-why-none-failed")))
}

/// Why it cannot be forced: in all rooms, or in those of a ring.
pub(super) fn why_not_force(i18n: &I18n, list: &UpdateList, row: &UpdateRow, ring: Option<&UpdateInRing>) -> Option<String> {
    let counts = ring.map_or(row.counts, |ring| ring.counts);
    why_not_now(i18n, list, row).or_else(|| why_none_left(i18n, counts))
}

#[cfg(test)]
mod tests {
    use tenantry_model::api::updates::PausedUpdate;
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn row(n: u128, status: UpdateStatus, counts: [u32; 4]) -> UpdateRow {
        let [rooms, installed, failed, active] = counts;
        UpdateRow {
            id: UpdateId::from_uuid(Uuid::from_u128(n)),
            package: "App".parse().unwrap(),
            package_version: "5.4".parse().unwrap(),
            published_at: Timestamp::from_micros(0),
            deprecated_at: (status == UpdateStatus::Deprecated).then_some(Timestamp::from_micros(1)),
            paused: (status == UpdateStatus::Paused).then(|| PausedUpdate {
                by: "Ann".into(),
                reason: "wait".into(),
                since: Timestamp::from_micros(1),
            }),
            status,
            counts: UpdateCounts { rooms, installed, failed, active },
            rings: vec![],
            may_pause: true,
            version: 1,
        }
    }

    fn list(updates: Vec<UpdateRow>) -> UpdateList {
        UpdateList { rings: vec![], updates, may_act: true, needs_approval: false }
    }

    #[test]
    fn w12_past_updates_are_shown_where_they_are_wanted() {
        use UpdateStatus::*;
        let all = UpdateStatus::ALL.iter().zip(1..).map(|(status, n)| row(n, *status, [4, 2, 0, 0])).collect();
        let list = list(all);
        let shown = |only, past| rows(&list, only, past).into_iter().map(|row| row.status).collect::<Vec<_>>();
        assert_eq!(shown(None, false), [Scheduled, InProgress, CompletedWithFailures, Paused, NotRequired]);
        assert_eq!(shown(None, true), UpdateStatus::ALL);
        assert_eq!(shown(Some(Only::Paused), false), [Paused]);
        assert_eq!(shown(Some(Only::Complete), false), [CompletedWithFailures, Completed]);
        assert_eq!([Only::Current, Only::Paused, Only::Complete].map(|only| only.count(&list)), [5, 1, 2]);
    }

    #[test]
    fn w12_a21_what_cannot_be_done_says_why() {
        let i18n = I18n::default();
        let why = |list: &UpdateList, row: &UpdateRow| {
            [why_not_pause(&i18n, list, row), why_not_retry(&i18n, list, row), why_not_force(&i18n, list, row, None)]
                .map(|why| why.is_some())
        };
        let whole = list(vec![]);
        assert_eq!(why(&whole, &row(1, UpdateStatus::InProgress, [4, 1, 1, 0])), [false; 3]);
        assert_eq!(why(&whole, &row(1, UpdateStatus::InProgress, [4, 1, 0, 0])), [false, true, false], "none failed");
        assert_eq!(why(&whole, &row(1, UpdateStatus::Completed, [4, 4, 0, 0])), [true; 3]);
        assert_eq!(why(&whole, &row(1, UpdateStatus::Deprecated, [4, 1, 1, 0])), [true; 3]);
        assert_eq!(why(&whole, &row(1, UpdateStatus::Paused, [4, 1, 1, 0])), [false, true, true], "it can be resumed");
        let shared = UpdateRow { may_pause: false, ..row(1, UpdateStatus::InProgress, [4, 1, 1, 0]) };
        assert_eq!(why(&whole, &shared), [true, false, false]);
        assert_eq!(why(&UpdateList { may_act: false, ..whole }, &shared), [true; 3]);
    }
}
