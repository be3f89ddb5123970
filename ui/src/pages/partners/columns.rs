//! The columns of the list of partners.

use tenantry_model::api::partners::PartnerRow;
use tenantry_model::id::TenantId;
use tenantry_model::tenancy::PartnerStatus;
use yew::prelude::*;

use super::view_model::{status, status_icon, when};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, rows_by_id, text};
use crate::i18n::{I18n, Label, t};

type Column = table::Column<PartnerRow>;

rows_by_id!(PartnerRow, "partner-row", id: TenantId);

pub(super) const NARROW_AT: &[u32] = &[860, 600];

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new(
            "partner-name",
            |i18n| t!(i18n, "partner"),
            &["minmax(170px, 2fr)", "minmax(150px, 2fr)", "minmax(120px, 1.6fr)"],
            |i18n, _, row| name(i18n, row),
        )
        .strong(),
        Column::new(
            "partner-status",
            |i18n| t!(i18n, "column-status"),
            &["176px", "176px", "minmax(100px, 1fr)"],
            |i18n, now, row| status_badge(i18n, status(row, now)),
        ),
        Column::new("partner-rooms", |i18n| t!(i18n, "rooms"), &["64px", "56px", ""], |i18n, _, row| html! { {i18n.number(row.rooms)} })
            .at_end(),
        Column::new("partner-waiting", |i18n| t!(i18n, "approvals"), &["108px", "104px"], |i18n, _, row| waiting(i18n, row.waiting)),
        Column::new(
            "partner-when",
            |i18n| t!(i18n, "partners-when"),
            &["minmax(140px, 200px)", ""],
            |i18n, now, row| text(when(i18n, row, now)),
        )
        .soft(),
    ]
}

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
