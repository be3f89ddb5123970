//! The columns of the list of partners.

use tenantry_model::api::partners::PartnerRow;
use tenantry_model::tenancy::PartnerStatus;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::view_model::{status, status_icon, when};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{Column, Row, text};
use crate::i18n::{I18n, Label, t};

/// The columns.
pub(super) fn columns(i18n: &I18n) -> Vec<Column> {
    vec![
        Column { key: "partner-name", label: t!(i18n, "partner").into() },
        Column { key: "partner-status", label: t!(i18n, "column-status").into() },
        Column { key: "partner-rooms", label: t!(i18n, "rooms").into() },
        Column { key: "partner-waiting", label: t!(i18n, "approvals").into() },
        Column { key: "partner-when", label: t!(i18n, "partners-when").into() },
    ]
}

/// A status as icon and word.
pub(super) fn status_badge(i18n: &I18n, value: PartnerStatus) -> Html {
    let label = i18n.label(value);
    let class = format!("badge badge--partner-{}", value.word());
    html! { <span {class} title={label.clone()}>{glyph(status_icon(value))}<span class="clip">{label}</span></span> }
}

/// A row.
pub(super) fn row(i18n: &I18n, row: &PartnerRow, now: Timestamp) -> Row {
    let name = html! { <>
        {text(row.display_name.clone())}
        if row.without_admins {
            <span class="tag tag--stale partner-alarm" title={t!(i18n, "partner-without-admins")}>{glyph(Icon::Important)}<span class="partner-alarm__text">{t!(i18n, "partner-without-admins-short")}</span></span>
        }
    </> };
    let waiting = match row.waiting {
        0 => html! { <span class="dim">{"–"}</span> },
        count => {
            let label = t!(i18n, "partner-waiting", count = count);
            html! { <span class="badge badge--waiting" role="img" aria-label={label.clone()} title={label}>{glyph(Icon::Approvals)}{i18n.number(count)}</span> }
        }
    };
    let cells = vec![name, status_badge(i18n, status(row, now)), html! { {i18n.number(row.rooms)} }, waiting, text(when(i18n, row, now))];
    Row { testid: "partner-row", id: row.id.to_string(), cells }
}
