//! The columns of the list of tenants.

use tenantry_model::api::TenantRow;
use tenantry_model::id::TenantId;
use tenantry_model::tenancy::TenantStatus;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::is_over;
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, rows_by_id, text};
use crate::i18n::{I18n, t};

type Column = table::Column<TenantRow>;

rows_by_id!(TenantRow, "tenant-row", id: TenantId);

pub(super) const NARROW_AT: &[u32] = &[760, 470];

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new(
            "tenant-name",
            |i18n| t!(i18n, "column-name"),
            &["minmax(160px, 2fr)", "minmax(130px, 1.6fr)", "minmax(110px, 1.2fr)"],
            |_, _, row| text(row.display_name.clone()),
        )
        .strong(),
        Column::new(
            "tenant-domains",
            |i18n| t!(i18n, "tenants-domains"),
            &["minmax(120px, 1.4fr)", ""],
            |_, _, row| text(row.domains.iter().map(|domain| domain.as_str()).collect::<Vec<_>>().join(", ")),
        )
        .soft(),
        Column::new(
            "tenant-status",
            |i18n| t!(i18n, "column-status"),
            &["200px", "190px", "minmax(110px, 1fr)"],
            |i18n, _, row| status(i18n, row),
        ),
        Column::new(
            "tenant-when",
            |i18n| t!(i18n, "tenants-when"),
            &["minmax(110px, 160px)", "minmax(100px, 140px)", ""],
            |i18n, now, row| text(when(i18n, row, now)),
        )
        .soft(),
    ]
}

fn status(i18n: &I18n, row: &TenantRow) -> Html {
    match &row.invitation {
        Some(invitation) => {
            let label = t!(i18n, "tenants-invitation", count = invitation.rooms);
            html! { <span class="badge badge--tenant-pending" title={label.clone()}>{glyph(Icon::Message)}<span class="clip">{label}</span></span> }
        }
        None => {
            let icon = if row.status == TenantStatus::Active { Icon::Resolved } else { Icon::Pending };
            html! { <span class="badge badge--tenant-active">{glyph(icon)}<span class="clip">{i18n.label(row.status)}</span></span> }
        }
    }
}

fn when(i18n: &I18n, row: &TenantRow, now: Timestamp) -> String {
    match (&row.invitation, row.established_at) {
        (Some(invitation), _) if is_over(invitation.expires_at, now) => {
            t!(i18n, "tenants-expired", moment = i18n.day(invitation.expires_at))
        }
        (Some(invitation), _) => t!(i18n, "tenants-expires", moment = i18n.day(invitation.expires_at)),
        (None, Some(at)) => t!(i18n, "tenants-since", moment = i18n.day(at)),
        (None, None) => String::new(),
    }
}
