//! The rooms at a glance.

use tenantry_model::api::reports::OverviewReport;
use yew::prelude::*;

use super::parts::{categories, health_days, hours, section, tile};
use crate::i18n::{I18n, t};

pub(super) fn overview(i18n: &I18n, report: &OverviewReport, tables: bool) -> Html {
    html! { <>
        <dl class="tiles">
            {tile(i18n, "tile-healthy", t!(i18n, "report-healthy"), report.healthy, Some(t!(i18n, "report-room-days", part = super::view_model::number(i18n, report.healthy.part), whole = super::view_model::number(i18n, report.healthy.whole))))}
            {tile(i18n, "tile-utilisation", t!(i18n, "report-utilisation"), report.utilisation, Some(hours(i18n, report.utilisation)))}
            {tile(i18n, "tile-online", t!(i18n, "report-online"), report.booked_online, None)}
            {tile(i18n, "tile-calls", t!(i18n, "report-calls"), report.good_calls, None)}
        </dl>
        {section(t!(i18n, "report-history"), t!(i18n, "report-health-text"), health_days(i18n, &report.history, tables))}
        {section(t!(i18n, "report-categories"), t!(i18n, "report-categories-text"), categories(i18n, &report.categories, tables))}
    </> }
}
