//! The columns of the list of tenants.

use tenantry_model::api::TenantRow;
use tenantry_model::tenancy::TenantStatus;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::is_over;
use crate::components::icon::{Icon, glyph};
use crate::components::table::{Column, Row, text};
use crate::i18n::{I18n, t};

/// The columns.
pub(super) fn columns(i18n: &I18n) -> Vec<Column> {
    vec![
        Column { key: "tenant-name", label: t!(i18n, "column-name").into() },
        Column { key: "tenant-domains", label: t!(i18n, "tenants-domains").into() },
        Column { key: "tenant-status", label: t!(i18n, "column-status").into() },
        Column { key: "tenant-when", label: t!(i18n, "tenants-when").into() },
    ]
}

/// A row.
pub(super) fn row(i18n: &I18n, row: &TenantRow, now: Timestamp) -> Row {
    let domains = row.domains.iter().map(|domain| domain.as_str()).collect::<Vec<_>>().join(", ");
    let (status, when) = match &row.invitation {
        Some(invitation) => {
            let over = is_over(invitation.expires_at, now);
            let label = t!(i18n, "tenants-invitation", count = invitation.rooms);
            let status = html! { <span class="badge badge--tenant-pending" title={label.clone()}>{glyph(Icon::Message)}<span class="clip">{label}</span></span> };
            let when = if over {
                t!(i18n, "tenants-expired", moment = i18n.day(invitation.expires_at))
            } else {
                t!(i18n, "tenants-expires", moment = i18n.day(invitation.expires_at))
            };
            (status, when)
        }
        None => {
            let label = i18n.label(row.status);
            let icon = if row.status == TenantStatus::Active { Icon::Resolved } else { Icon::Pending };
            let status = html! { <span class="badge badge--tenant-active">{glyph(icon)}<span class="clip">{label}</span></span> };
            (status, row.established_at.map(|at| t!(i18n, "tenants-since", moment = i18n.day(at))).unwrap_or_default())
        }
    };
    Row { testid: "tenant-row", id: row.id.to_string(), cells: vec![text(row.display_name.clone()), text(domains), status, text(when)] }
}
