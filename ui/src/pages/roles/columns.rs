//! The columns of the list of roles (W5).

use tenantry_model::api::roles::{RoleList, RoleRow};
use tenantry_model::id::RoleId;
use yew::prelude::*;

use super::view_model::{description, waiting};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, rows_by_id, text};
use crate::domain_view::role_labels::role_name;
use crate::i18n::{I18n, t};

pub(super) struct RoleLine {
    row: RoleRow,
    /// How many changes of the role wait for approval.
    waiting: usize,
}

impl RoleLine {
    pub(super) fn all(list: &RoleList) -> Vec<Self> {
        list.roles.iter().map(|row| Self { row: row.clone(), waiting: waiting(list, &row.role).len() }).collect()
    }
}

type Column = table::Column<RoleLine>;

rows_by_id!(RoleLine, "role-row", row.role.id: RoleId);

pub(super) const NARROW_AT: &[u32] = &[760, 470];

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new(
            "role-name",
            |i18n| t!(i18n, "column-name"),
            &["minmax(160px, 1.4fr)", "minmax(130px, 1fr)", "minmax(110px, 1fr)"],
            |i18n, _, line| called(i18n, line),
        )
        .strong(),
        Column::new("role-type", |i18n| t!(i18n, "column-type"), &["110px", "104px", ""], |i18n, _, line| kind(i18n, line)),
        Column::new(
            "role-description",
            |i18n| t!(i18n, "description"),
            &["minmax(140px, 2fr)", ""],
            |i18n, _, line| text(description(i18n, &line.row.role)),
        )
        .soft(),
        Column::new(
            "role-assignments",
            |i18n| t!(i18n, "role-assignments"),
            &["96px"],
            |i18n, _, line| html! { {i18n.number(line.row.assignments)} },
        )
        .at_end(),
        Column::new("role-users", |i18n| t!(i18n, "role-users"), &["72px"], |i18n, _, line| html! { {i18n.number(line.row.users)} })
            .at_end(),
    ]
}

fn called(i18n: &I18n, line: &RoleLine) -> Html {
    let waits = t!(i18n, "customer-waiting", count = line.waiting);
    html! { <>
        {text(role_name(i18n, &line.row.role))}
        if line.waiting > 0 { <span class="tag tag--stale" title={waits.clone()} aria-label={waits}>{glyph(Icon::Pending)}{i18n.number(line.waiting as u32)}</span> }
    </> }
}

fn kind(i18n: &I18n, line: &RoleLine) -> Html {
    let (icon, kind) =
        if line.row.role.built_in.is_some() { (Icon::Lock, t!(i18n, "role-built-in")) } else { (Icon::Roles, t!(i18n, "role-custom")) };
    html! { <span class="badge">{glyph(icon)}<span class="clip">{kind}</span></span> }
}
