//! The columns of the list of tenants.

use tenantry_model::api::TenantRow;
use tenantry_model::id::TenantId;
use tenantry_model::tenancy::TenantStatus;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::is_over;
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, WIDE_MOMENT, Width, rows_by_id, text};
use crate::i18n::{I18n, t};

type Column = table::Column<TenantRow>;

rows_by_id!(TenantRow, "tenant-row", id: TenantId);

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new(
            "tenant-name",
            |i18n| t!(i18n, "column-name"),
            Width::Name { least: 7.0, wants: 20.0 },
            |_, _, row| text(row.display_name.clone()),
        )
        .strong(),
        Column::new(
            "tenant-domains",
            |i18n| t!(i18n, "tenants-domains"),
            Width::Text { least: 7.0, wants: 16.0 },
            |_, _, row| text(row.domains.iter().map(|domain| domain.as_str()).collect::<Vec<_>>().join(", ")),
        )
        .goes(5)
        .filled(|row| !row.domains.is_empty())
        .soft(),
        Column::new(
            "tenant-status",
            |i18n| t!(i18n, "column-status"),
            Width::Badges(|i18n| vec![i18n.label(TenantStatus::Active), t!(i18n, "tenants-invitation", count = 100)]),
            |i18n, _, row| status(i18n, row),
        )
        .goes(1),
        Column::new(
            "tenant-when",
            |i18n| t!(i18n, "tenants-when"),
            Width::Words(|i18n| {
                let day = i18n.day(WIDE_MOMENT);
                vec![t!(i18n, "tenants-since", moment = day.clone()), t!(i18n, "tenants-expires", moment = day)]
            }),
            |i18n, now, row| text(when(i18n, row, now)),
        )
        .goes(2)
        .filled(|row| row.invitation.is_some() || row.established_at.is_some())
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
            html! { <span class="badge badge--tenant-active" title={i18n.label(row.status)}>{glyph(icon)}<span class="clip">{i18n.label(row.status)}</span></span> }
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
