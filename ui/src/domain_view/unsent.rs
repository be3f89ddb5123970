//! What of one's own about an incident or a room has not been sent (A35): a mark in its row, in words and with an icon.

use tenantry_model::ipc::{About, OutboxMark, WorkKind};
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::hooks::{Outbox, use_outbox};
use crate::i18n::{I18n, Names, t, use_i18n};

/// What an entry does, in a word or two.
pub fn work_name(i18n: &I18n, kind: WorkKind) -> String {
    match kind {
        WorkKind::Record => t!(i18n, "unsent-record"),
        WorkKind::Message => t!(i18n, "unsent-message"),
        WorkKind::Close => t!(i18n, "unsent-close"),
        WorkKind::Claim => t!(i18n, "unsent-claim"),
        WorkKind::Release => t!(i18n, "unsent-release"),
        WorkKind::Snooze => t!(i18n, "unsent-snooze"),
        WorkKind::Wake => t!(i18n, "unsent-wake"),
        WorkKind::Edit | WorkKind::ChangeRoom => t!(i18n, "unsent-edit"),
        WorkKind::EnrolRoom => t!(i18n, "unsent-enrol"),
        WorkKind::Suppress => t!(i18n, "unsent-suppress"),
        WorkKind::Lift => t!(i18n, "unsent-lift"),
        WorkKind::SuppressSignal => t!(i18n, "unsent-suppress-signal"),
        WorkKind::LiftSignal => t!(i18n, "unsent-lift-signal"),
        WorkKind::Words => t!(i18n, "outbox-words"),
    }
}

/// What waits and what was refused, each in words; what was refused comes first.
fn told<'a>(i18n: &I18n, marks: impl Iterator<Item = &'a OutboxMark>) -> Vec<(bool, String)> {
    let (mut refused, mut waits) = (vec![], vec![]);
    for mark in marks {
        let (name, of) = (work_name(i18n, mark.kind), if mark.refused { &mut refused } else { &mut waits });
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

/// The same of one alone.
pub fn unsent_text(i18n: &I18n, mark: &OutboxMark) -> String {
    told(i18n, std::iter::once(mark)).into_iter().map(|(_, text)| text).collect()
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
                {glyph(if refused { Icon::Important } else { Icon::Pending })}<span class="marked__word clip" title={text.clone()}>{text}</span>
            </span>
        })}
    </> }
}

/// A line of a pane that says what has not been sent; pressed, it opens that in the list of it.
pub fn unsent_line(outbox: &Outbox, mark: &OutboxMark, text: String, testid: &'static str) -> Html {
    let icon = if mark.refused { Icon::Important } else { Icon::Pending };
    html! {
        <div class="pane__actions dim" role="status"><button type="button" class="link unsent-line" data-testid={testid} onclick={outbox.opens(mark.form)}>{glyph(icon)}<span>{text}</span></button></div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::{FormId, Language};
    use uuid::Uuid;

    #[test]
    fn a35_a_row_says_what_waits_and_what_was_refused_each_once() {
        let i18n = I18n::new(Language::English);
        let mark = |kind, refused| OutboxMark {
            form: FormId(Uuid::from_u128(1)),
            kind,
            refused,
            customer: None,
            number: Some("LBT9KC-XDBORS".parse().unwrap()),
            rooms: vec![],
            events: vec![],
        };
        let all =
            [mark(WorkKind::Message, false), mark(WorkKind::Claim, false), mark(WorkKind::Message, false), mark(WorkKind::Message, true)];
        let said = told(&i18n, all.iter());
        assert_eq!(said, [(true, "Could not be sent: message".to_owned()), (false, "Not sent yet: message, claim".to_owned())]);
        assert_eq!(told(&i18n, [].iter()), []);
    }
}
