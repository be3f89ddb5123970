//! The columns of the list of partners.

use tenantry_model::api::partners::PartnerRow;
use tenantry_model::id::TenantId;
use tenantry_model::tenancy::PartnerStatus;
use yew::prelude::*;

use super::view_model::{status, status_icon, when};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, WIDE_MOMENT, Width, rows_by_id, text};
use crate::i18n::{I18n, Label, t};

type Column = table::Column<PartnerRow>;

rows_by_id!(PartnerRow, "partner-row", id: TenantId);

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("partner-name", |i18n| t!(i18n, "partner"), Width::Name { least: 8.0, wants: 20.0 }, |i18n, _, row| name(i18n, row))
            .strong(),
        Column::new(
            "partner-status",
            |i18n| t!(i18n, "column-status"),
            Width::Badges(|i18n| PartnerStatus::ALL.iter().map(|status| i18n.label(*status)).collect()),
            |i18n, now, row| status_badge(i18n, status(row, now)),
        )
        .goes(2),
        Column::new("partner-rooms", |i18n| t!(i18n, "rooms"), NUMBER, |i18n, _, row| html! { {i18n.number(row.rooms)} }).goes(3).at_end(),
        Column::new("partner-waiting", |i18n| t!(i18n, "approvals"), NUMBER, |i18n, _, row| waiting(i18n, row.waiting))
            .goes(1)
            .filled(|row| row.waiting > 0)
            .at_end(),
        Column::new(
            "partner-when",
            |i18n| t!(i18n, "partners-when"),
            Width::Words(|i18n| {
                let day = i18n.day(WIDE_MOMENT);
                vec![t!(i18n, "partners-since", moment = day.clone()), t!(i18n, "partners-expired", moment = day)]
            }),
            |i18n, now, row| text(when(i18n, row, now)),
        )
        .goes(4)
        .soft(),
    ]
}

const NUMBER: Width = Width::Words(|i18n| vec![i18n.number(1000)]);

pub(super) fn status_badge(i18n: &I18n, value: PartnerStatus) -> Html {
    let label = i18n.label(value);
    let class = format!("badge badge--partner-{}", value.word());
    html! { <span {class} title={label.clone()}>{glyph(status_icon(value))}<span class="clip">{label}</span></span> }
}

fn name(i18n: &I18n, row: &PartnerRow) -> Html {
    html! { <>
        {text(row.display_name.clone())}
        if row.without_admins {
            <span class="tag tag--stale partner-alarm" title={t!(i18n, "partner-without-admins")}>{glyph(Icon::Important)}<span class="partner-alarm__text">{t!(i18n, "partner-without-admins-short")}</span></span>
        }
    </> }
}

fn waiting(i18n: &I18n, count: u32) -> Html {
    if count == 0 {
        return html! { <span class="dim">{"–"}</span> };
    }
    let label = t!(i18n, "partner-waiting", count = count);
    html! { <span class="badge badge--waiting" role="img" aria-label={label.clone()} title={label}>{glyph(Icon::Approvals)}{i18n.number(count)}</span> }
}
