//! The columns of the list of roles (W5).

use tenantry_model::api::roles::RoleRow;
use yew::prelude::*;

use super::view_model::description;
use crate::components::icon::{Icon, glyph};
use crate::components::table::{Column, Row, text};
use crate::domain_view::role_labels::role_name;
use crate::i18n::{I18n, t};

/// The columns.
pub(super) fn columns(i18n: &I18n) -> Vec<Column> {
    let column = |key, label: String| Column { key, label: label.into() };
    vec![
        column("role-name", t!(i18n, "column-name")),
        column("role-type", t!(i18n, "column-type")),
        column("role-description", t!(i18n, "description")),
        column("role-assignments", t!(i18n, "role-assignments")),
        column("role-users", t!(i18n, "role-users")),
    ]
}

/// A row; `waiting` is how many changes of the role wait for approval.
pub(super) fn row(i18n: &I18n, row: &RoleRow, waiting: usize) -> Row {
    let role = &row.role;
    let name = role_name(i18n, role);
    let waits = t!(i18n, "customer-waiting", count = waiting);
    let (icon, kind) =
        if role.built_in.is_some() { (Icon::Lock, t!(i18n, "role-built-in")) } else { (Icon::Roles, t!(i18n, "role-custom")) };
    Row {
        testid: "role-row",
        id: role.id.to_string(),
        cells: vec![
            html! { <>
                <span class="clip" title={name.clone()}>{name}</span>
                if waiting > 0 { <span class="tag tag--stale" title={waits.clone()} aria-label={waits}>{glyph(Icon::Pending)}{i18n.number(waiting as u32)}</span> }
            </> },
            html! { <span class="badge">{glyph(icon)}<span class="clip">{kind}</span></span> },
            text(description(i18n, role)),
            html! { {i18n.number(row.assignments)} },
            html! { {i18n.number(row.users)} },
        ],
    }
}
