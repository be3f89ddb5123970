//! One record beside the log: who, what, and what changed.

use tenantry_model::audit::{AuditChange, AuditRecord};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::columns::{result_badge, who_badge};
use super::names::object;
use crate::components::pane::{Pane, fact};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) record: AuditRecord,
    pub(super) now: Timestamp,
    pub(super) on_close: Callback<()>,
}

#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let i18n = use_i18n();
    let record = &props.record;
    let over = format!("{} · {}", i18n.label(record.category), i18n.label(record.operation));
    let under = html! { <div class="pane__lead">{result_badge(&i18n, record.result_status)}{who_badge(&i18n, record)}</div> };
    let code = |text: String| html! { <span class="number selectable">{text}</span> };
    // The name as it is now, and the id that was written.
    let named = |name: &Option<String>, id: String| html! { <>if let Some(name) = name { <p>{name}</p> }{code(id)}</> };
    html! {
        <Pane title={object(&i18n, record)} {over} {under} testid="audit-detail" on_close={props.on_close.clone()}>
            <div class="pane__body" tabindex="0">
                {changes(&i18n, &record.detail)}
                <dl class="facts">
                    {fact(t!(&i18n, "audit-when"), html! { <>{i18n.moment(record.creation_time)}<span class="fact__ago">{i18n.ago(record.creation_time, props.now)}</span></> })}
                    {fact(t!(i18n, "audit-when-utc"), code(record.creation_time.to_string()))}
                    {fact(t!(i18n, "audit-who"), match record.user_tenant_id {
                        Some(id) => named(&record.names.user_tenant, id.to_string()),
                        None => html! { {t!(i18n, "the-service")} },
                    })}
                    if let Some(user) = record.user_id { {fact(t!(i18n, "audit-user"), named(&record.names.user, user.to_string()))} }
                    {fact(t!(i18n, "audit-upon"), named(&record.names.tenant, record.tenant_id.to_string()))}
                    if record.names.object.is_some() { {fact(t!(i18n, "audit-object"), named(&record.names.object, record.object_name.clone()))} }
                    {fact(t!(i18n, "audit-id"), code(record.id.clone()))}
                </dl>
            </div>
        </Pane>
    }
}

fn changes(i18n: &I18n, detail: &[AuditChange]) -> Html {
    html! {
        <section class="pane__section">
            <h3 class="prose__title">{t!(i18n, "audit-changes")}</h3>
            if detail.is_empty() {
                <p class="dim">{t!(i18n, "audit-changes-none")}</p>
            } else {
                <table class="compare" data-testid="audit-changes">
                    <thead><tr><td></td><th scope="col">{t!(i18n, "audit-before")}</th><th scope="col">{t!(i18n, "audit-after")}</th></tr></thead>
                    <tbody>
                        {for detail.iter().map(|change| html! {
                            <tr key={change.field.clone()}>
                                <th scope="row">{i18n.audit_field(&change.field)}</th>
                                <td>{value(i18n, &change.field, change.before.as_ref())}</td><td>{value(i18n, &change.field, change.after.as_ref())}</td>
                            </tr>
                        })}
                    </tbody>
                </table>
            }
        </section>
    }
}

fn value(i18n: &I18n, field: &str, said: Option<&String>) -> String {
    said.map_or_else(|| "–".to_owned(), |said| i18n.audit_value(field, said))
}
