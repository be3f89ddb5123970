//! What of one's own about an incident or a room has not been sent (A35): a mark in its row, in words and with an icon.

use tenantry_model::ipc::{About, OutboxEntry, Work};
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::hooks::use_outbox;
use crate::i18n::{I18n, Names, t, use_i18n};

/// What an entry does, in a word or two.
pub fn work_name(i18n: &I18n, work: &Work) -> String {
    match work {
        Work::Record { .. } => t!(i18n, "unsent-record"),
        Work::Message { .. } => t!(i18n, "unsent-message"),
        Work::Close { .. } => t!(i18n, "unsent-close"),
        Work::Claim { claim: Some(_), .. } => t!(i18n, "unsent-claim"),
        Work::Claim { claim: None, .. } => t!(i18n, "unsent-release"),
        Work::Snooze { snooze: Some(_), .. } => t!(i18n, "unsent-snooze"),
        Work::Snooze { snooze: None, .. } => t!(i18n, "unsent-wake"),
        Work::Edit { .. } | Work::ChangeRoom { .. } => t!(i18n, "unsent-edit"),
        Work::EnrolRoom { .. } => t!(i18n, "unsent-enrol"),
        Work::Words { .. } => t!(i18n, "outbox-words"),
    }
}

/// What waits and what was refused, each in words; what was refused comes first.
fn told<'a>(i18n: &I18n, entries: impl Iterator<Item = &'a OutboxEntry>) -> Vec<(bool, String)> {
    let (mut refused, mut waits) = (vec![], vec![]);
    for entry in entries {
        let (name, of) = (work_name(i18n, &entry.work), if entry.failure.is_some() { &mut refused } else { &mut waits });
        if !of.contains(&name) {
            of.push(name);
        }
    }
    let names = |names: Vec<String>| names.iter().map(String::as_str).collect::<Names>().text();
    let mut told = vec![];
    if !refused.is_empty() {
        told.push((true, t!(i18n, "unsent-refused", what = names(refused))));
    }
    if !waits.is_empty() {
        told.push((false, t!(i18n, "unsent-waits", what = names(waits))));
    }
    told
}

#[derive(Properties, PartialEq)]
pub struct UnsentMarkProps {
    pub about: About,
}

/// The mark; nothing where everything was sent. It looks for its own entries alone.
#[component]
pub fn UnsentMark(props: &UnsentMarkProps) -> Html {
    let (i18n, outbox) = (use_i18n(), use_outbox());
    let told = told(&i18n, outbox.about(props.about));
    html! { <>
        {for told.into_iter().map(|(refused, text)| html! {
            <span key={text.clone()} class={classes!("marked__mark", refused.then_some("marked__mark--refused"))} title={text.clone()} data-testid={if refused { "row-refused" } else { "row-unsent" }}>
                {glyph(if refused { Icon::Important } else { Icon::Pending })}<span class="clip">{text}</span>
            </span>
        })}
    </> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::api::incidents::{ClaimIncident, PostMessage};
    use tenantry_model::ipc::{FormId, IpcError, IpcErrorKind, Language};
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    #[test]
    fn a35_a_row_says_what_waits_and_what_was_refused_each_once() {
        let i18n = I18n::new(Language::English);
        let number = "LBT9KC-XDBORS".parse().unwrap();
        let entry = |work, refused: bool| OutboxEntry {
            form: FormId(Uuid::from_u128(1)),
            customer: None,
            customer_name: None,
            work,
            at: Timestamp::from_micros(0),
            failure: refused.then(|| IpcError::new(IpcErrorKind::Stale, "changed", false)),
        };
        let message = || Work::Message { number, new: PostMessage { text: "x".into(), assign_to: None } };
        let claim = Work::Claim { number, claim: Some(ClaimIncident::default()) };
        let all = [entry(message(), false), entry(claim, false), entry(message(), false), entry(message(), true)];
        let said = told(&i18n, all.iter());
        assert_eq!(said, [(true, "Could not be sent: message".to_owned()), (false, "Not sent yet: message, claim".to_owned())]);
        assert_eq!(told(&i18n, [].iter()), []);
    }
}
