//! The tab History of an incident: when it became active and inactive, of the days that are chosen (W9).

use std::time::Duration;

use tenantry_model::incident::{HistoryKind, HistoryRow};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::live::Count;
use crate::components::segments::{Segment, segments};
use crate::i18n::{I18n, t, use_i18n};

/// How far back one looks, in days; none for all that there is.
pub(super) type Span = Option<u32>;

const SPANS: [Span; 4] = [Some(7), Some(30), Some(90), None];
pub(super) const FIRST: Span = SPANS[1];

/// What of it, newest first, happened within the span.
fn within(history: &[HistoryRow], span: Span, now: Timestamp) -> &[HistoryRow] {
    let Some(days) = span else { return history };
    let since = now.minus(Duration::from_secs(u64::from(days) * 24 * 60 * 60));
    let shown = history.iter().position(|row| row.at < since).unwrap_or(history.len());
    history.get(..shown).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
pub(super) struct HistoryProps {
    /// All of it, newest first.
    pub(super) history: Vec<HistoryRow>,
    pub(super) span: Span,
    pub(super) on_span: Callback<Span>,
    pub(super) now: Timestamp,
}

#[component]
pub(super) fn History(props: &HistoryProps) -> Html {
    let i18n = use_i18n();
    if props.history.is_empty() {
        return html! { <Empty icon={Icon::Pending} title={t!(i18n, "no-history")} /> };
    }
    let choices = SPANS.iter().map(|span| Segment {
        label: span.map_or_else(|| t!(i18n, "history-all"), |days| t!(i18n, "period-days", days = days)),
        testid: span.map_or_else(|| "history-all".to_owned(), |days| format!("history-{days}")),
        on: *span == props.span,
    });
    let on_choose = props.on_span.reform(|at: usize| SPANS.get(at).copied().flatten());
    let shown = within(&props.history, props.span, props.now);
    let older = props.history.len() - shown.len();
    let said = t!(i18n, "history-shown", count = shown.len());
    html! { <>
        <div class="pane__row">
            {segments(t!(i18n, "period"), choices.collect(), &on_choose)}
            <Count text={AttrValue::from(said)} none={shown.is_empty()} cause={props.span.unwrap_or_default()} settled=true />
        </div>
        if let Some(days) = props.span.filter(|_| shown.is_empty()) {
            <p class="dim" data-testid="history-none">{t!(i18n, "history-none", days = days)}</p>
        } else {
            <ol class="history">{for shown.iter().enumerate().map(|(at, row)| line(&i18n, at, row, props.now))}</ol>
        }
        if older > 0 {
            <p class="rest"><span>{t!(i18n, "history-older", count = older)}</span>
                <button type="button" class="link" data-testid="history-show-all" onclick={props.on_span.reform(|_: MouseEvent| None)}>{t!(i18n, "history-show-all")}</button></p>
        }
    </> }
}

fn line(i18n: &I18n, at: usize, row: &HistoryRow, now: Timestamp) -> Html {
    let (icon, class) = match row.kind {
        HistoryKind::Activated | HistoryKind::Escalated => (Icon::Important, "history__mark history__mark--activated"),
        HistoryKind::Deactivated => (Icon::Resolved, "history__mark history__mark--deactivated"),
        HistoryKind::TakenOver => (Icon::User, "history__mark"),
        HistoryKind::SwitchedOff => (Icon::Closed, "history__mark history__mark--deactivated"),
        HistoryKind::Snoozed => (Icon::Quiet, "history__mark"),
        HistoryKind::Woken => (Icon::Pending, "history__mark"),
    };
    html! {
        <li key={at} class="history__row">
            <span {class}>{glyph(icon)}</span>
            <span class="history__kind">{i18n.label(row.kind)}if let Some(by) = &row.by { <span class="dim">{format!(" · {by}")}</span> }</span>
            <span class="history__time">{i18n.moment(row.at)}<span class="fact__ago">{i18n.ago(row.at, now)}</span></span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w9_the_history_shows_7_30_or_90_days_or_all_of_it() {
        let now: Timestamp = "2026-07-20T10:00:00Z".parse().unwrap();
        let day = Duration::from_secs(24 * 60 * 60);
        let second = Duration::from_secs(1);
        let ages = [day, 7 * day, 7 * day + second, 30 * day + second, 90 * day, 400 * day];
        let history: Vec<HistoryRow> = ages.iter().map(|age| HistoryRow::of_itself(now.minus(*age), HistoryKind::Activated)).collect();
        let shown = SPANS.map(|span| within(&history, span, now).len());
        assert_eq!((shown, FIRST), ([2, 3, 5, 6], Some(30)));
        assert_eq!(within(&history[5..], Some(90), now), []);
        assert_eq!(within(&[], None, now), []);
    }
}
