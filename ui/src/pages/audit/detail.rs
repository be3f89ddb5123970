//! One record beside the log: who, what, and what changed.

use tenantry_model::audit::{AuditChange, AuditRecord};
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::ControlEvent;
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

/// A value as the log has it; lists of permissions and of kinds of changes have words in every language.
fn value(i18n: &I18n, said: Option<&String>) -> String {
    let Some(said) = said else { return "–".to_owned() };
    let word = |part: &str| {
        let permission = part.parse::<Permission>().ok().map(|known| i18n.label(known));
        permission.or_else(|| part.parse::<ControlEvent>().ok().map(|known| i18n.label(known))).unwrap_or_else(|| part.to_owned())
    };
    said.split(", ").map(word).collect::<Vec<_>>().join(", ")
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
                                <td>{value(i18n, change.before.as_ref())}</td><td>{value(i18n, change.after.as_ref())}</td>
                            </tr>
                        })}
                    </tbody>
                </table>
            }
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_and_kinds_of_changes_have_words_and_everything_else_stays_as_it_was_written() {
        let i18n = I18n::default();
        let said = |text: &str| value(&i18n, Some(&text.to_owned()));
        assert_eq!(said("rooms.view, tickets.view"), "View rooms, View incidents");
        assert_eq!(said("rooms.suppress"), "Suppressing rooms and signals");
        assert_eq!(said("Helpdesk, Süd"), "Helpdesk, Süd");
        assert_eq!(value(&i18n, None), "–");
    }
}
