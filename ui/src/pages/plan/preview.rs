//! What the step would do, or did, at each customer.

use std::convert::Infallible;
use std::rc::Rc;

use tenantry_model::api::plans::PlanRow;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::problem::Problem;
use tenantry_model::tenancy::PrincipalRef;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::{AtSome, Fate, Sum, fate};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, Table, TableRow, Width, text};
use crate::i18n::{I18n, Names, t};
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
            Width::Name { least: 8.0, wants: 26.0 },
            |i18n, _, row| text(if row.display_name.is_empty() { t!(i18n, "plan-unknown") } else { row.display_name.clone() }),
        )
        .strong(),
        Column::new("plan-gains", |i18n| t!(i18n, "plan-gains"), PEOPLE, |_, _, row| people(Icon::Plus, &row.gains))
            .filled(|row| !row.gains.is_empty()),
        Column::new("plan-loses", |i18n| t!(i18n, "plan-loses"), PEOPLE, |_, _, row| people(Icon::Minus, &row.loses))
            .filled(|row| !row.loses.is_empty()),
        Column::new(
            "plan-fate",
            |i18n| t!(i18n, "plan-result"),
            Width::Text { least: 9.0, wants: 22.0 },
            |i18n, _, row| {
                let (icon, class, words) = said(i18n, row);
                html! { <span class={classes!("badge", class)} title={words.clone()}>{glyph(icon)}<span class="clip">{words}</span></span> }
            },
        ),
    ]
}

const PEOPLE: Width = Width::Text { least: 6.0, wants: 14.0 };

fn people(icon: Icon, people: &[PrincipalRef]) -> Html {
    if people.is_empty() {
        return html! { <span class="dim">{"–"}</span> };
    }
    let names = people.iter().map(|one| one.display_name.as_str()).collect::<Names>().text();
    html! { <span class="badge" title={names.clone()}>{glyph(icon)}<span class="clip">{names}</span></span> }
}

/// What applying would do at all customers together: above the rows, and once more before it is done.
pub(super) fn summary(i18n: &I18n, what: &str, sum: &Sum) -> Html {
    let all = sum.customers;
    let at = |what: String, customers: usize| {
        let what = Names::from_iter([what]);
        if customers == all { what.text() } else { t!(i18n, "plan-at-some", what = what, count = customers) }
    };
    let people =
        |people: &[AtSome<String>]| Names::of_said(&people.iter().map(|one| at(one.what.clone(), one.customers)).collect::<Vec<_>>());
    let permissions =
        |some: &[AtSome<Permission>]| Names::of_said(&some.iter().map(|one| at(i18n.label(one.what), one.customers)).collect::<Vec<_>>());
    let some = |what: &'static str, icon: Icon, class: &'static str, text: String| {
        (!text.is_empty()).then(|| html! { <li key={what} {class} data-testid={what}>{glyph(icon)}<span>{text}</span></li> })
    };
    let line = |names: Names, said: fn(&I18n, Names) -> String| if names.is_empty() { String::new() } else { said(i18n, names) };
    html! {
        <ul class="diff plan-sum" data-testid="plan-sum">
            <li key="what">{glyph(Icon::ChevronRight)}<strong>{what}</strong></li>
            <li key="customers">{glyph(Icon::Building)}<span>{t!(i18n, "plan-sum-customers", count = all)}</span></li>
            {some("plan-sum-gains", Icon::Plus, "diff--more", line(people(&sum.gains), |i18n, who| t!(i18n, "plan-sum-gains", who = who)))}
            {some("plan-sum-loses", Icon::Minus, "diff--less", line(people(&sum.loses), |i18n, who| t!(i18n, "plan-sum-loses", who = who)))}
            {some("plan-sum-made", Icon::Plus, "diff--more", if sum.made > 0 { t!(i18n, "plan-sum-made", count = sum.made) } else { String::new() })}
            {some("plan-sum-more", Icon::Plus, "diff--more", line(permissions(&sum.more), |i18n, what| t!(i18n, "plan-sum-more", what = what)))}
            {some("plan-sum-less", Icon::Minus, "diff--less", line(permissions(&sum.less), |i18n, what| t!(i18n, "plan-sum-less", what = what)))}
            {some("plan-sum-widened", Icon::Rooms, "diff--more", if sum.widened > 0 { t!(i18n, "plan-sum-widened", count = sum.widened) } else { String::new() })}
            {some("plan-sum-asked", Icon::Pending, "", if sum.asked > 0 { t!(i18n, "plan-sum-asked", count = sum.asked) } else { String::new() })}
        </ul>
    }
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
