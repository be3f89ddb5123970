//! What the step would do, or did, at each customer.

use std::convert::Infallible;
use std::rc::Rc;

use tenantry_model::api::plans::PlanRow;
use tenantry_model::id::TenantId;
use tenantry_model::problem::Problem;
use tenantry_model::tenancy::PrincipalRef;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::{Fate, fate};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, Table, TableRow, text};
use crate::i18n::{I18n, t};
use crate::row_source::SharedRows;

type Column = table::Column<PlanRow>;

impl TableRow for PlanRow {
    type Key = TenantId;
    type Sort = Infallible;
    const TESTID: &'static str = "plan-row";

    fn key(&self) -> Option<TenantId> {
        Some(self.id)
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new(
            "plan-customer",
            |i18n| t!(i18n, "column-customer"),
            &["minmax(150px, 1.4fr)"],
            |i18n, _, row| text(if row.display_name.is_empty() { t!(i18n, "plan-unknown") } else { row.display_name.clone() }),
        )
        .strong(),
        Column::new(
            "plan-gains",
            |i18n| t!(i18n, "plan-gains"),
            &["minmax(110px, 1fr)"],
            |i18n, _, row| people(i18n, Icon::Plus, &row.gains),
        ),
        Column::new(
            "plan-loses",
            |i18n| t!(i18n, "plan-loses"),
            &["minmax(110px, 1fr)"],
            |i18n, _, row| people(i18n, Icon::Minus, &row.loses),
        ),
        Column::new(
            "plan-fate",
            |i18n| t!(i18n, "plan-result"),
            &["minmax(170px, 2fr)"],
            |i18n, _, row| {
                let (icon, class, words) = said(i18n, row);
                html! { <span class={classes!("badge", class)} title={words.clone()}>{glyph(icon)}<span class="clip">{words}</span></span> }
            },
        ),
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

pub(super) fn preview(i18n: &I18n, rows: &Rc<[PlanRow]>, now: Timestamp) -> Html {
    let rows: SharedRows<PlanRow> = Rc::new(rows.to_vec());
    html! { <Table<PlanRow> id="plan-rows" label={t!(i18n, "plan-preview")} class="table--plan" columns={columns()} {rows} {now} /> }
}
