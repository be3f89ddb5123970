//! The columns of the audit log.

use tenantry_model::audit::{AuditOperation, AuditRecord, AuditResult};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::names::{object, who};
use super::view_model::{Actor, actor};
use crate::components::icon::{Icon, glyph};
use crate::components::table::{Column, Row, text};
use crate::i18n::{I18n, Label, t};

/// The columns.
pub(super) fn columns(i18n: &I18n) -> Vec<Column> {
    vec![
        Column { key: "audit-when", label: t!(i18n, "audit-when").into() },
        Column { key: "audit-operation", label: t!(i18n, "audit-operation").into() },
        Column { key: "audit-category", label: t!(i18n, "audit-category").into() },
        Column { key: "audit-object", label: t!(i18n, "audit-object").into() },
        Column { key: "audit-who", label: t!(i18n, "audit-who").into() },
        Column { key: "audit-result", label: t!(i18n, "audit-result").into() },
    ]
}

/// A moment in local time, with UTC in the tooltip.
pub(super) fn moment(i18n: &I18n, at: Timestamp) -> Html {
    html! { <span class="clip" title={t!(i18n, "audit-utc", moment = at.to_string())}>{i18n.moment(at)}</span> }
}

/// How it went, as icon and word.
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

const fn operation_icon(operation: AuditOperation) -> Icon {
    match operation {
        AuditOperation::Create => Icon::Plus,
        AuditOperation::Update => Icon::Sync,
        AuditOperation::Delete => Icon::Minus,
    }
}

/// A row.
pub(super) fn row(i18n: &I18n, record: &AuditRecord) -> Row {
    let operation = i18n.label(record.operation);
    let cells = vec![
        moment(i18n, record.creation_time),
        html! { <span class="badge" title={operation.clone()}>{glyph(operation_icon(record.operation))}<span class="clip">{operation}</span></span> },
        text(i18n.label(record.category)),
        text(object(i18n, record)),
        who_badge(i18n, record),
        result_badge(i18n, record.result_status),
    ];
    Row { testid: "audit-row", id: record.id.clone(), cells }
}
