//! The columns of the audit log.

use tenantry_model::audit::{AuditCategory, AuditOperation, AuditRecord, AuditResult};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::names::{object, who};
use super::view_model::{Actor, actor};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{self, WIDE_MOMENT, Width, rows_by_id, text};
use crate::i18n::{I18n, Label, t};

type Column = table::Column<AuditRecord>;

rows_by_id!(AuditRecord, "audit-row", id: String);

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new(
            "audit-when",
            |i18n| t!(i18n, "audit-when"),
            Width::Words(|i18n| vec![i18n.moment(WIDE_MOMENT)]),
            |i18n, _, row| moment(i18n, row.creation_time),
        )
        .soft(),
        Column::new(
            "audit-operation",
            |i18n| t!(i18n, "audit-operation"),
            Width::Badges(|i18n| AuditOperation::ALL.iter().map(|operation| i18n.label(*operation)).collect()),
            |i18n, _, row| operation(i18n, row.operation),
        )
        .goes(5),
        Column::new(
            "audit-category",
            |i18n| t!(i18n, "audit-category"),
            Width::Words(|i18n| AuditCategory::ALL.iter().map(|category| i18n.label(*category)).collect()),
            |i18n, _, row| text(i18n.label(row.category)),
        )
        .goes(6)
        .soft(),
        Column::new(
            "audit-object",
            |i18n| t!(i18n, "audit-object"),
            Width::Name { least: 6.0, wants: 18.0 },
            |i18n, _, row| text(object(i18n, row)),
        )
        .strong(),
        Column::new(
            "audit-who",
            |i18n| t!(i18n, "audit-who"),
            Width::Name { least: 6.0, wants: 14.0 },
            |i18n, _, row| who_badge(i18n, row),
        )
        .goes(1),
        Column::new(
            "audit-result",
            |i18n| t!(i18n, "audit-result"),
            Width::Badges(|i18n| AuditResult::ALL.iter().map(|result| i18n.label(*result)).collect()),
            |i18n, _, row| result_badge(i18n, row.result_status),
        )
        .goes(2),
    ]
}

/// A moment in local time, with UTC in the tooltip.
pub(super) fn moment(i18n: &I18n, at: Timestamp) -> Html {
    html! { <span class="clip" title={t!(i18n, "audit-utc", moment = at.to_string())}>{i18n.moment(at)}</span> }
}

pub(super) fn result_badge(i18n: &I18n, value: AuditResult) -> Html {
    let label = i18n.label(value);
    let icon = if value == AuditResult::Successful { Icon::Resolved } else { Icon::Important };
    html! { <span class={format!("badge badge--result-{}", value.word())} title={label.clone()}>{glyph(icon)}<span class="clip">{label}</span></span> }
}

/// Who did it: a partner's doing is marked with an icon and a colour of its own (R107, R112).
pub(super) fn who_badge(i18n: &I18n, record: &AuditRecord) -> Html {
    let label = who(i18n, record);
    let (class, icon, title) = match actor(record) {
        Actor::Partner(_) => ("badge badge--actor-partner", Icon::Partners, t!(i18n, "audit-by-partner", name = label.clone())),
        Actor::Own => ("badge", Icon::User, label.clone()),
        Actor::Service => ("badge", Icon::Assigned, label.clone()),
    };
    html! { <span {class} {title}>{glyph(icon)}<span class="clip">{label}</span></span> }
}

fn operation(i18n: &I18n, value: AuditOperation) -> Html {
    let label = i18n.label(value);
    let icon = match value {
        AuditOperation::Create => Icon::Plus,
        AuditOperation::Update => Icon::Sync,
        AuditOperation::Delete => Icon::Minus,
    };
    html! { <span class="badge" title={label.clone()}>{glyph(icon)}<span class="clip">{label}</span></span> }
}
