//! The columns of the list of roles (W5).

use tenantry_model::api::roles::{RoleList, RoleRow};
use tenantry_model::id::RoleId;
use yew::prelude::*;

use super::view_model::{description, waiting};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, Width, rows_by_id, text};
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

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new(
            "role-name",
            |i18n| t!(i18n, "column-name"),
            Width::Name { least: 7.0, wants: 16.0 },
            |i18n, _, line| called(i18n, line),
        )
        .strong(),
        Column::new(
            "role-type",
            |i18n| t!(i18n, "column-type"),
            Width::Badges(|i18n| vec![t!(i18n, "role-built-in"), t!(i18n, "role-custom")]),
            |i18n, _, line| kind(i18n, line),
        )
        .goes(3),
        Column::new(
            "role-description",
            |i18n| t!(i18n, "description"),
            Width::Text { least: 9.0, wants: 40.0 },
            |i18n, _, line| text(description(i18n, &line.row.role)),
        )
        .goes(5)
        .filled(|line| line.row.role.built_in.is_some() || !line.row.role.description.is_empty())
        .soft(),
        Column::new(
            "role-assignments",
            |i18n| t!(i18n, "role-assignments"),
            NUMBER,
            |i18n, _, line| html! { {i18n.number(line.row.assignments)} },
        )
        .goes(2)
        .at_end(),
        Column::new("role-users", |i18n| t!(i18n, "role-users"), NUMBER, |i18n, _, line| html! { {i18n.number(line.row.users)} })
            .goes(1)
            .at_end(),
    ]
}

const NUMBER: Width = Width::Words(|i18n| vec![i18n.number(1000)]);

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
    html! { <span class="badge" title={kind.clone()}>{glyph(icon)}<span class="clip">{kind}</span></span> }
}
