//! What the log is narrowed by.

use std::time::Duration;

use tenantry_model::audit::{AuditLog, AuditOperation, AuditResult};
use yew::prelude::*;

use super::view_model::{RangeError, View, ViewAction, categories};
use crate::components::day_field::DayInput;
use crate::components::facet::{Facet, between_facets, facet_value};
use crate::components::segments::{Segment, segments};
use crate::hooks::dispatches;
use crate::i18n::{I18n, Label, t};

/// Where a day in UTC is named, its noon is: that is the same day nearly everywhere.
const NOON: Duration = Duration::from_secs(12 * 60 * 60);

pub(super) fn range_error(i18n: &I18n, error: RangeError) -> String {
    match error {
        RangeError::NoFirst | RangeError::NoLast => t!(i18n, "audit-no-day"),
        RangeError::TooEarly(first) => t!(i18n, "audit-too-early", day = i18n.day(first.begin().plus(NOON))),
        RangeError::Crossed => t!(i18n, "audit-crossed"),
    }
}

fn values<L: Label + PartialEq>(i18n: &I18n, view: &UseReducerHandle<View>, of: &[L], held: &[L], action: fn(L) -> ViewAction) -> Html {
    html! {
        {for of.iter().map(|value| {
            let value = *value;
            facet_value(value.word(), i18n.label(value), held.contains(&value), dispatches(view, move |_: Event| action(value)))
        })}
    }
}

fn words<L: Label>(i18n: &I18n, held: &[L]) -> Vec<String> {
    held.iter().map(|value| i18n.label(*value)).collect()
}

pub(super) fn filters(i18n: &I18n, view: &UseReducerHandle<View>, wrong: Option<RangeError>) -> Html {
    let doing = |action: ViewAction| dispatches(view, move |()| action.clone());
    let day = |id: &'static str, label: String, value: &str, bad: bool, action: fn(String) -> ViewAction| {
        let on_input = dispatches(view, action);
        html! {
            <label class="day">
                <span>{label}</span>
                <DayInput {id} class="day__input" value={value.to_owned()} invalid={bad} described_by={bad.then_some(AttrValue::Static("audit-range-error"))} {on_input} />
            </label>
        }
    };
    let logs = [(AuditLog::Export, t!(i18n, "audit-log-export")), (AuditLog::Product, t!(i18n, "audit-log-product"))];
    let on_log = dispatches(view, |at: usize| ViewAction::Log(if at == 0 { AuditLog::Export } else { AuditLog::Product }));
    let logs = logs.into_iter().map(|(log, label)| Segment { label, testid: format!("audit-log-{}", log.as_str()), on: view.log == log });
    let clear_all = doing(ViewAction::ClearAll).reform(|_: MouseEvent| ());
    html! { <>
        <div class="page__bar">{segments(t!(i18n, "audit-log"), logs.collect(), &on_log)}</div>
        <div class="filters" role="group" aria-label={t!(i18n, "filters")} onkeydown={Callback::from(|event: KeyboardEvent| between_facets(&event))}>
            {day("audit-from", t!(i18n, "audit-from"), &view.from, wrong.is_some_and(RangeError::is_first), ViewAction::From)}
            {day("audit-to", t!(i18n, "audit-to"), &view.to, wrong.is_some_and(|it| !it.is_first()), ViewAction::To)}
            <Facet name="audit-category" label={t!(i18n, "audit-category")} chosen={words(i18n, &view.categories)} on_clear={doing(ViewAction::NoCategory)}>
                {values(i18n, view, categories(view.log), &view.categories, ViewAction::Category)}
            </Facet>
            <Facet name="audit-operation" label={t!(i18n, "audit-operation")} chosen={words(i18n, &view.operations)} on_clear={doing(ViewAction::NoOperation)}>
                {values(i18n, view, AuditOperation::ALL, &view.operations, ViewAction::Operation)}
            </Facet>
            <Facet name="audit-result" label={t!(i18n, "audit-result")} chosen={words(i18n, &view.results)} on_clear={doing(ViewAction::NoResult)}>
                {values(i18n, view, AuditResult::ALL, &view.results, ViewAction::Result)}
            </Facet>
            if view.is_narrowed() { <button type="button" class="link filters__clear" data-testid="filter-clear-all" onclick={clear_all}>{t!(i18n, "filter-clear-all")}</button> }
        </div>
        if let Some(wrong) = wrong { <p id="audit-range-error" class="inline-error" role="alert">{range_error(i18n, wrong)}</p> }
    </> }
}
