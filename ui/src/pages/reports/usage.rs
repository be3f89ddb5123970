//! How rooms were used (R97, R98).

use tenantry_model::api::reports::UsageReport;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::parts::{day, ends, hours, percent_scale, section, table, tile};
use super::rooms::room_uses;
use super::view_model::{percent, top_percent, usage_bars};
use crate::components::chart::Bars;
use crate::i18n::{I18n, t};

pub(super) fn usage(i18n: &I18n, report: &UsageReport, tables: bool, now: Timestamp) -> Html {
    let label = t!(i18n, "report-usage-days");
    let by_day = if tables {
        let lines = report.days.iter().rev().map(|it| vec![day(i18n, it.day), hours(i18n, it.utilisation), percent(i18n, it.utilisation)]);
        let head = [t!(i18n, "report-day"), t!(i18n, "report-booked"), t!(i18n, "report-utilisation")];
        table(label, &head, lines.collect())
    } else {
        let bars = usage_bars(i18n, &report.days);
        let (top, ends) = (top_percent(&bars), ends(i18n, report.days.iter().map(|day| day.day)));
        html! { <Bars {label} {bars} {top} scale={percent_scale(i18n, top)} {ends} testid="chart-usage" /> }
    };
    html! { <>
        <dl class="tiles">
            {tile(i18n, "tile-utilisation", t!(i18n, "report-utilisation"), report.utilisation, Some(hours(i18n, report.utilisation)))}
            {tile(i18n, "tile-online", t!(i18n, "report-online"), report.booked_online, None)}
            {tile(i18n, "tile-calls", t!(i18n, "report-calls"), report.good_calls, None)}
        </dl>
        {section(t!(i18n, "report-usage-days"), t!(i18n, "report-usage-text"), by_day)}
        {section(t!(i18n, "rooms"), String::new(), room_uses(i18n, &report.rooms, now))}
    </> }
}
