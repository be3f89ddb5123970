//! What a report is asked over, and how its numbers are said.

use tenantry_model::api::reports::{HealthDay, HeldDay, UsageDay};
use tenantry_model::id::{RoomGroupId, TenantId};
use tenantry_model::ipc::ReportQuery;
use tenantry_model::report::{PRESET_DAYS, Share};

use crate::components::chart::Bar;
use crate::i18n::{I18n, t};

/// The periods that are offered (R93).
pub(super) const PERIODS: [u32; 3] = [PRESET_DAYS, 30, 90];

/// What the page is asked to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct View {
    pub(super) days: u32,
    pub(super) group: Option<(TenantId, RoomGroupId)>,
    /// Whether the numbers show instead of their charts.
    pub(super) tables: bool,
}

impl Default for View {
    fn default() -> Self {
        Self { days: PRESET_DAYS, group: None, tables: false }
    }
}

impl View {
    /// The question about a customer. A group is of the customer that it was chosen at.
    pub(super) fn query(&self, customer: TenantId) -> ReportQuery {
        let group = self.group.filter(|(of, _)| *of == customer).map(|(_, group)| group);
        ReportQuery { customer, days: self.days, group }
    }
}

/// The question without a group that is gone, or that may not be seen any more, as far as that is known.
pub(super) fn narrowed(query: ReportQuery, rights_known: bool, sees_groups: bool, groups: Option<&[(RoomGroupId, String)]>) -> ReportQuery {
    let is_there = match groups {
        _ if rights_known && !sees_groups => false,
        Some(groups) => groups.iter().any(|(group, _)| Some(*group) == query.group),
        None => true,
    };
    ReportQuery { group: query.group.filter(|_| is_there), ..query }
}

/// A share in percent; a dash where there is nothing to have a share of.
pub(super) fn percent(i18n: &I18n, share: Share) -> String {
    match share.percent() {
        Some(percent) => t!(i18n, "report-percent", percent = u32::try_from(percent).unwrap_or(u32::MAX)),
        None => "–".to_owned(),
    }
}

/// A number of a report, as the language writes it.
pub(super) fn number(i18n: &I18n, number: u64) -> String {
    i18n.number(u32::try_from(number).unwrap_or(u32::MAX))
}

/// So many of so many.
pub(super) fn of(i18n: &I18n, share: Share) -> String {
    t!(i18n, "report-of", part = number(i18n, share.part), whole = number(i18n, share.whole))
}

fn height(share: Share) -> f64 {
    share.percent().map_or(0.0, |percent| percent as f64)
}

/// Bars of health: the hollow part is the unhealthy one.
pub(super) fn health_bars(i18n: &I18n, days: &[HealthDay]) -> Vec<Bar> {
    let bar = |day: &HealthDay| {
        let full = height(day.healthy);
        let told = if day.healthy.whole == 0 {
            t!(i18n, "report-day-none", day = i18n.day_shown(&day.day.to_string()))
        } else {
            let (percent, of) = (percent(i18n, day.healthy), of(i18n, day.healthy));
            t!(i18n, "report-day-healthy", day = i18n.day_shown(&day.day.to_string()), percent = percent, of = of)
        };
        Bar { full, hollow: if day.healthy.whole == 0 { 0.0 } else { 100.0 - full }, told: told.into() }
    };
    days.iter().map(bar).collect()
}

pub(super) fn usage_bars(i18n: &I18n, days: &[UsageDay]) -> Vec<Bar> {
    let bar = |day: &UsageDay| {
        let told = t!(i18n, "report-day-used", day = i18n.day_shown(&day.day.to_string()), percent = percent(i18n, day.utilisation));
        Bar { full: height(day.utilisation), hollow: 0.0, told: told.into() }
    };
    days.iter().map(bar).collect()
}

/// Bars of incidents: the helpdesk's, and hollow the service's; with the value at the top.
pub(super) fn held_bars(i18n: &I18n, days: &[HeldDay]) -> (Vec<Bar>, u32) {
    let top = days.iter().map(|day| day.helpdesk.saturating_add(day.service)).max().unwrap_or(0).max(1);
    let bar = |day: &HeldDay| {
        let shown = i18n.day_shown(&day.day.to_string());
        let told = t!(i18n, "report-day-held", day = shown, helpdesk = i18n.number(day.helpdesk), service = i18n.number(day.service));
        Bar { full: f64::from(day.helpdesk), hollow: f64::from(day.service), told: told.into() }
    };
    (days.iter().map(bar).collect(), top)
}

/// The top of a chart of percents: a room may be booked for longer than eight hours.
pub(super) fn top_percent(bars: &[Bar]) -> f64 {
    bars.iter().map(|bar| bar.full).fold(100.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::Language;
    use uuid::Uuid;

    fn customer(n: u128) -> TenantId {
        TenantId::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn r93_seven_days_and_all_groups_are_the_preset() {
        let query = View::default().query(customer(1));
        assert_eq!((query.days, query.group), (7, None));
        assert_eq!(PERIODS, [7, 30, 90]);
    }

    #[test]
    fn a_group_of_one_customer_narrows_no_other() {
        let group = RoomGroupId::from_uuid(Uuid::from_u128(9));
        let view = View { group: Some((customer(1), group)), ..View::default() };
        assert_eq!((view.query(customer(1)).group, view.query(customer(2)).group), (Some(group), None));
        let asked = |rights, sees, groups: Option<&[(RoomGroupId, String)]>| narrowed(view.query(customer(1)), rights, sees, groups).group;
        let there = [(group, "Floor".to_owned())];
        assert_eq!([asked(false, false, None), asked(true, true, None), asked(true, true, Some(&there))], [Some(group); 3]);
        assert_eq!([asked(true, true, Some(&[])), asked(true, false, Some(&there))], [None; 2], "gone, or not to be seen");
    }

    #[test]
    fn r97_r98_shares_are_said_in_percent_and_nothing_is_no_share() {
        let (english, german) = (I18n::new(Language::English), I18n::new(Language::German));
        assert_eq!(percent(&english, Share::of(2_400, 3_360)), "71%");
        assert_eq!(percent(&german, Share::of(2_400, 3_360)), "71 %");
        assert_eq!(percent(&english, Share::of(0, 0)), "–");
        assert_eq!(of(&german, Share::of(5, 7)), "5 von 7");
    }

    #[test]
    fn r91_a_day_without_rooms_is_no_bad_day() {
        let i18n = I18n::new(Language::English);
        let day = |part, whole| HealthDay { day: "2026-03-01".parse().unwrap(), healthy: Share::of(part, whole) };
        let bars = health_bars(&i18n, &[day(0, 0), day(3, 4), day(0, 4)]);
        assert_eq!(bars.iter().map(|bar| (bar.full, bar.hollow)).collect::<Vec<_>>(), [(0.0, 0.0), (75.0, 25.0), (0.0, 100.0)]);
        assert!(bars[0].told.contains("01/03/2026") && bars[1].told.contains("75%") && bars[1].told.contains("3 of 4"), "{bars:?}");
    }

    #[test]
    fn r95_the_highest_day_fills_the_chart() {
        let i18n = I18n::new(Language::English);
        let day = |helpdesk, service| HeldDay { day: "2026-03-01".parse().unwrap(), helpdesk, service };
        assert_eq!(held_bars(&i18n, &[day(1, 2), day(4, 1)]).1, 5);
        assert_eq!(held_bars(&i18n, &[day(0, 0)]).1, 1, "and no incident fills none");
    }
}
