//! What the reports are made of: tiles, sections, and tables of few lines.

use tenantry_model::api::reports::{CategoryCount, HealthDay};
use tenantry_model::report::Share;
use tenantry_model::time::UtcDay;
use yew::prelude::*;

use super::view_model::{health_bars, of, percent};
use crate::components::chart::{Bars, Part, Ring};
use crate::i18n::{I18n, t};

/// A number that stands for the whole period, and what it is made of.
pub(super) fn tile(i18n: &I18n, testid: &'static str, label: String, share: Share, made_of: Option<String>) -> Html {
    let made_of = made_of.unwrap_or_else(|| of(i18n, share));
    html! {
        <div class="tile" data-testid={testid}>
            <dt class="tile__label">{label}</dt>
            <dd class="tile__number">{percent(i18n, share)}</dd>
            <dd class="tile__of">{if share.whole == 0 { t!(i18n, "report-nothing") } else { made_of }}</dd>
        </div>
    }
}

/// Minutes as hours, of those that could be booked.
pub(super) fn hours(i18n: &I18n, share: Share) -> String {
    let hours = |minutes: u64| i18n.number(u32::try_from((minutes + 30) / 60).unwrap_or(u32::MAX));
    t!(i18n, "report-hours-of", part = hours(share.part), whole = hours(share.whole))
}

pub(super) fn section(title: String, text: String, content: Html) -> Html {
    html! {
        <section class="report__section" aria-label={title.clone()}>
            <h2 class="report__title">{title}</h2>
            if !text.is_empty() { <p class="report__text">{text}</p> }
            {content}
        </section>
    }
}

/// A table that is short enough to be drawn whole: the first cell of a line is its heading.
pub(super) fn table(label: String, head: &[String], lines: Vec<Vec<String>>) -> Html {
    html! {
        <div class="report__table" role="group" tabindex="0" aria-label={label}>
            <table class="plain-table">
                <thead><tr>{for head.iter().map(|title| html! { <th scope="col">{title}</th> })}</tr></thead>
                <tbody>
                    {for lines.into_iter().enumerate().map(|(at, line)| html! {
                        <tr key={at}>
                            {for line.into_iter().enumerate().map(|(at, cell)| if at == 0 { html! { <th scope="row">{cell}</th> } } else { html! { <td>{cell}</td> } })}
                        </tr>
                    })}
                </tbody>
            </table>
        </div>
    }
}

pub(super) fn day(i18n: &I18n, day: UtcDay) -> String {
    i18n.day_shown(&day.to_string())
}

/// The days below the two ends of a chart.
pub(super) fn ends(i18n: &I18n, days: impl DoubleEndedIterator<Item = UtcDay> + Clone) -> [AttrValue; 2] {
    [days.clone().next(), days.clone().next_back()].map(|end| end.map(|end| day(i18n, end)).unwrap_or_default().into())
}

pub(super) fn percent_scale(i18n: &I18n, top: f64) -> [AttrValue; 2] {
    [top as u32, 0].map(|count| t!(i18n, "report-percent", percent = count).into())
}

/// Health by day, as a chart or as its numbers.
pub(super) fn health_days(i18n: &I18n, days: &[HealthDay], tables: bool) -> Html {
    let label = t!(i18n, "report-health-days");
    if tables {
        let lines = days.iter().rev().map(|it| vec![day(i18n, it.day), of(i18n, it.healthy), percent(i18n, it.healthy)]);
        let head = [t!(i18n, "report-day"), t!(i18n, "report-healthy-rooms"), t!(i18n, "report-healthy")];
        return table(label, &head, lines.collect());
    }
    let ends = ends(i18n, days.iter().map(|day| day.day));
    html! { <Bars {label} bars={health_bars(i18n, days)} top=100.0 scale={percent_scale(i18n, 100.0)} {ends} testid="chart-health" /> }
}

/// Incidents by category (R94).
pub(super) fn categories(i18n: &I18n, counts: &[CategoryCount], tables: bool) -> Html {
    let label = t!(i18n, "report-categories");
    if tables {
        let lines = counts.iter().map(|it| vec![i18n.label(it.category), i18n.number(it.incidents)]).collect();
        return table(label, &[t!(i18n, "report-category"), t!(i18n, "incidents")], lines);
    }
    let part =
        |it: &CategoryCount| Part { count: it.incidents, name: i18n.label(it.category).into(), told: i18n.number(it.incidents).into() };
    let total = counts.iter().map(|it| it.incidents).sum();
    html! { <Ring {label} parts={counts.iter().map(part).collect::<Vec<_>>()} total={i18n.number(total)} /> }
}
