//! How rooms fared (R91–R96).

use tenantry_model::api::reports::{HealthReport, ImpactedMeeting};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::parts::{categories, day, ends, health_days, section, table};
use super::rooms::room_healths;
use super::view_model::held_bars;
use crate::components::chart::Bars;
use crate::i18n::{I18n, t};

pub(super) fn health(i18n: &I18n, report: &HealthReport, tables: bool, now: Timestamp) -> Html {
    html! { <>
        {section(t!(i18n, "report-health-days"), t!(i18n, "report-health-text"), health_days(i18n, &report.days, tables))}
        {section(t!(i18n, "rooms"), String::new(), room_healths(i18n, &report.rooms, now))}
        {section(t!(i18n, "report-categories"), t!(i18n, "report-categories-text"), categories(i18n, &report.categories, tables))}
        {section(t!(i18n, "report-held"), t!(i18n, "report-held-text"), held(i18n, report, tables))}
        {section(t!(i18n, "report-impact"), t!(i18n, "report-impact-text"), impact(i18n, report))}
    </> }
}

/// Who held the incidents of each day (R95).
fn held(i18n: &I18n, report: &HealthReport, tables: bool) -> Html {
    let label = t!(i18n, "report-held");
    let [helpdesk, service] = [t!(i18n, "report-helpdesk"), t!(i18n, "report-service")];
    if tables {
        let lines = report.held.iter().rev().map(|it| vec![day(i18n, it.day), i18n.number(it.helpdesk), i18n.number(it.service)]);
        return table(label, &[t!(i18n, "report-day"), helpdesk, service], lines.collect());
    }
    let (bars, top) = held_bars(i18n, &report.held);
    let scale = [i18n.number(top).into(), i18n.number(0).into()];
    let ends = ends(i18n, report.held.iter().map(|day| day.day));
    html! { <>
        <ul class="keys">
            <li class="keys__line"><span class="keys__mark keys__mark--full" aria-hidden="true" />{helpdesk}</li>
            <li class="keys__line"><span class="keys__mark keys__mark--hollow" aria-hidden="true" />{service}</li>
        </ul>
        <Bars {label} {bars} top={f64::from(top)} {scale} {ends} testid="chart-held" />
    </> }
}

/// Meetings that met an incident (R96). A list either way: each is one of its own.
fn impact(i18n: &I18n, report: &HealthReport) -> Html {
    if report.impacted.is_empty() {
        return html! { <p class="dim" data-testid="impact-none">{t!(i18n, "report-impact-none")}</p> };
    }
    let line = |it: &ImpactedMeeting| {
        let number = it.incident.map(|number| number.to_string()).unwrap_or_default();
        vec![it.room_name.clone(), i18n.moment(it.start), i18n.moment(it.end), i18n.label(it.category), number]
    };
    let head = [t!(i18n, "room"), t!(i18n, "report-start"), t!(i18n, "report-end"), t!(i18n, "report-category"), t!(i18n, "incident")];
    let shown = u32::try_from(report.impacted.len()).unwrap_or(u32::MAX);
    html! { <>
        {table(t!(i18n, "report-impact"), &head, report.impacted.iter().map(line).collect())}
        if shown < report.impacted_count {
            <p class="dim">{t!(i18n, "report-impact-more", shown = shown, count = report.impacted_count)}</p>
        }
    </> }
}
