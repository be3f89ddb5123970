//! What the step would do, or did, at each customer.

use std::rc::Rc;

use tenantry_model::api::plans::PlanRow;
use tenantry_model::problem::Problem;
use tenantry_model::tenancy::PrincipalRef;
use yew::prelude::*;

use super::view_model::{Fate, fate};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{Column, Row, Table, text};
use crate::i18n::{I18n, t};

fn columns(i18n: &I18n) -> Vec<Column> {
    let column = |key, label: String| Column { key, label: label.into() };
    vec![
        column("plan-customer", t!(i18n, "column-customer")),
        column("plan-gains", t!(i18n, "plan-gains")),
        column("plan-loses", t!(i18n, "plan-loses")),
        column("plan-fate", t!(i18n, "plan-result")),
    ]
}

fn people(i18n: &I18n, icon: Icon, people: &[PrincipalRef]) -> Html {
    let Some(first) = people.first() else { return html! { <span class="dim">{"–"}</span> } };
    let names = people.iter().map(|one| one.display_name.as_str()).collect::<Vec<_>>().join(", ");
    let shown = match people.len() {
        1 => first.display_name.clone(),
        count => t!(i18n, "filter-more", first = first.display_name.clone(), count = count - 1),
    };
    html! { <span class="badge" title={names}>{glyph(icon)}<span class="clip">{shown}</span></span> }
}

fn said(i18n: &I18n, row: &PlanRow) -> (Icon, &'static str, String) {
    match fate(row) {
        Fate::Refused => {
            let why = |problem: &Problem| match problem.errors.first() {
                Some(field) => i18n.field_error(field),
                None => problem.detail.clone().unwrap_or_else(|| problem.title.clone()),
            };
            (Icon::Important, "fate--refused", row.refusal.as_ref().map(why).unwrap_or_default())
        }
        Fate::Changed => (Icon::Sync, "fate--asks", t!(i18n, "plan-changed")),
        Fate::Same => (Icon::Minus, "fate--same", t!(i18n, "plan-same")),
        Fate::WillAsk => (Icon::Pending, "fate--asks", t!(i18n, "plan-will-ask")),
        Fate::WillDo => (Icon::ChevronRight, "fate--does", t!(i18n, "plan-will-do")),
        Fate::Asked => (Icon::Pending, "fate--asks", t!(i18n, "plan-asked")),
        Fate::Done => (Icon::Resolved, "fate--done", t!(i18n, "plan-done")),
    }
}

/// The table.
pub(super) fn preview(i18n: &I18n, rows: &Rc<[PlanRow]>) -> Html {
    let draw = {
        let (i18n, rows) = (i18n.clone(), rows.clone());
        Callback::from(move |at: u32| {
            let row = rows.get(at as usize)?;
            let (icon, class, words) = said(&i18n, row);
            let name = if row.display_name.is_empty() { t!(i18n, "plan-unknown") } else { row.display_name.clone() };
            Some(Row {
                testid: "plan-row",
                id: row.id.to_string(),
                cells: vec![
                    text(name),
                    people(&i18n, Icon::Plus, &row.gains),
                    people(&i18n, Icon::Minus, &row.loses),
                    html! { <span class={classes!("badge", class)} title={words.clone()}>{glyph(icon)}<span class="clip">{words}</span></span> },
                ],
            })
        })
    };
    html! { <Table id="plan-rows" label={t!(i18n, "plan-preview")} class="table--plan" columns={columns(i18n)} total={rows.len() as u32} row={draw} /> }
}
