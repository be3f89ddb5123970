//! Going on as the other of the two that the own organisation is: a partner and a customer (A37).

use tenantry_model::ipc::{ActAs, GetUnfinishedBulk};
use tenantry_model::tenancy::ActingAs;
use yew::prelude::*;

use crate::components::confirm::Confirm;
use crate::components::notice::{failed, why_not_now};
use crate::context::use_app;
use crate::hooks::{use_command, use_outbox, use_task, use_waiting_files};
use crate::i18n::{I18n, t, use_i18n};

pub(super) const fn other(acting_as: ActingAs) -> ActingAs {
    match acting_as {
        ActingAs::Partner => ActingAs::Customer,
        ActingAs::Customer => ActingAs::Partner,
    }
}

/// What the menu offers.
pub(super) fn offer(i18n: &I18n, to: ActingAs) -> String {
    match to {
        ActingAs::Partner => t!(i18n, "act-as-partner"),
        ActingAs::Customer => t!(i18n, "act-as-customer"),
    }
}

/// What one acts as now, below the organisation's name.
pub(super) fn said(i18n: &I18n, acting_as: ActingAs) -> String {
    match acting_as {
        ActingAs::Partner => t!(i18n, "acting-as-partner"),
        ActingAs::Customer => t!(i18n, "acting-as-customer"),
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct ActAsProps {
    pub(super) to: ActingAs,
    pub(super) on_cancel: Callback<()>,
}

/// The question before. What has not been sent would go with what is kept: it holds the change up.
#[component]
pub(super) fn ActAsQuestion(props: &ActAsProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let task = use_task();
    let unfinished = use_command::<GetUnfinishedBulk>(Some(()), app.model.bulk).remote;
    let not_begun = unfinished.data().into_iter().flatten().map(|run| run.not_begun as usize).sum::<usize>();
    let unsent = use_outbox().len() + use_waiting_files().len() + not_begun;
    let to = props.to;
    let blocked = why_not_now(&i18n, &app).or_else(|| (unsent > 0).then(|| t!(i18n, "act-as-unsent", count = unsent)));
    // The session's event takes the screen away.
    let on_confirm = task.sends::<ActAs>(|()| {}).reform(move |()| to);
    let (title, text) = match to {
        ActingAs::Partner => (t!(i18n, "act-as-partner-title"), t!(i18n, "act-as-partner-text")),
        ActingAs::Customer => (t!(i18n, "act-as-customer-title"), t!(i18n, "act-as-customer-text")),
    };
    html! {
        <Confirm {title} action={offer(&i18n, to)} danger=false blocked={blocked.map(AttrValue::from)} busy={task.is_busy()} {on_confirm} on_cancel={props.on_cancel.clone()} testid="act-as">
            <p>{text}</p>
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </Confirm>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a37_each_leads_to_the_other() {
        for acting_as in ActingAs::ALL {
            assert_ne!(other(*acting_as), *acting_as);
            assert_eq!(other(other(*acting_as)), *acting_as);
            assert_ne!(offer(&I18n::default(), *acting_as), said(&I18n::default(), *acting_as));
        }
    }
}
