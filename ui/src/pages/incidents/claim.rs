//! Who works on an incident (A32): a claim is made, renewed while one works, ended, or taken over.

use std::time::Duration;

use tenantry_model::api::incidents::ClaimIncident;
use tenantry_model::id::PrincipalId;
use tenantry_model::incident::{Claim, IncidentRow};
use tenantry_model::ipc::{IncidentRef, RenewClaim, Work, WorkItem};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::failed;
use crate::context::use_app;
use crate::hooks::{call, do_work, new_form, use_active, use_task};
use crate::i18n::{t, use_i18n};

/// Renewed once so little is left.
const RENEWED_AT: Duration = Duration::from_secs(10 * 60);
/// Who did nothing for so long does not work on it.
const IDLE: Duration = Duration::from_secs(5 * 60);

/// Whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held<'a> {
    Nobody,
    Me(&'a Claim),
    Other(&'a Claim),
}

pub(super) fn held(row: &IncidentRow, me: Option<PrincipalId>, now: Timestamp) -> Held<'_> {
    match row.claim_at(now) {
        None => Held::Nobody,
        Some(claim) if Some(claim.holder) == me => Held::Me(claim),
        Some(claim) => Held::Other(claim),
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct ClaimProps {
    pub(super) row: IncidentRow,
    pub(super) customer_name: AttrValue,
    pub(super) now: Timestamp,
    /// Why nothing can be done with it.
    pub(super) why: Option<AttrValue>,
}

/// One button; its letter is `c`.
#[component]
pub(super) fn ClaimButton(props: &ClaimProps) -> Html {
    let (i18n, app, task) = (use_i18n(), use_app(), use_task());
    // About whose claim one is asked: another one is another question.
    let asking = use_state(|| None::<PrincipalId>);
    let row = &props.row;
    let key = IncidentRef { customer_id: row.customer_id, number: row.number };
    let held = held(row, app.user().map(|user| user.id.user_id), props.now);
    let active = use_active(IDLE);
    let due = matches!(held, Held::Me(claim) if claim.until.since(props.now) < RENEWED_AT) && active;
    // Once a minute until it has been renewed: a cut must not end it.
    let minute = props.now.micros() / 60_000_000;
    use_effect_with((key, due, if due { minute } else { 0 }), |(key, due, _)| {
        if *due {
            let key = *key;
            // Where that fails, the claim ends by itself.
            wasm_bindgen_futures::spawn_local(async move { drop(call::<RenewClaim>(key).await) });
        }
    });
    let send = {
        let (task, asking) = (task.clone(), asking.setter());
        move |claim: Option<ClaimIncident>| {
            let asking = asking.clone();
            let work = Work::Claim { number: key.number, claim };
            task.run(async move {
                let sent = do_work(WorkItem { form: new_form(), customer: key.customer_id, work }).await;
                asking.set(None);
                sent.map(drop)
            });
        }
    };
    let (label, icon) = match held {
        Held::Nobody => (t!(i18n, "claim"), Icon::User),
        Held::Me(_) => (t!(i18n, "claim-release"), Icon::User),
        Held::Other(_) => (t!(i18n, "claim-take-over"), Icon::User),
    };
    let onclick = {
        let other = if let Held::Other(claim) = held { Some(claim.holder) } else { None };
        let (send, asking) = (send.clone(), asking.setter());
        let claim = matches!(held, Held::Nobody).then(ClaimIncident::default);
        Callback::from(move |_: MouseEvent| if other.is_some() { asking.set(other) } else { send(claim) })
    };
    let on_cancel = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    html! { <>
        <Button class="button button--small" testid="incident-claim" letter="c" why={props.why.clone()} busy={task.is_busy()} {onclick}>{glyph(icon)}{label}</Button>
        if let Some(error) = task.error() { {failed(&i18n, error)} }
        if let (Some(asked), Held::Other(claim)) = (*asking, held) && asked == claim.holder {
            <Confirm title={t!(i18n, "claim-take-over-title", number = row.number.to_string(), name = props.customer_name.to_string())} action={t!(i18n, "claim-take-over")} danger=false busy={task.is_busy()} on_confirm={Callback::from(move |()| send(Some(ClaimIncident { take_over: true })))} {on_cancel} testid="confirm-take-over">
                <p>{t!(i18n, "claim-take-over-text", who = claim.name.clone(), until = i18n.moment(claim.until))}</p>
            </Confirm>
        }
    </> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a32_a_claim_is_mine_somebody_elses_or_over() {
        let who = |n| PrincipalId::from_uuid(Uuid::from_u128(n));
        let at = |minutes: u64| Timestamp::from_micros(0).plus(Duration::from_secs(minutes * 60));
        let claim = Claim { holder: who(1), name: "Ann".into(), until: at(15) };
        let mut row = super::super::draft::tests::issue().row;
        assert_eq!(held(&row, Some(who(1)), at(0)), Held::Nobody);
        row.claim = Some(claim.clone());
        assert_eq!(held(&row, Some(who(1)), at(14)), Held::Me(&claim));
        assert_eq!(held(&row, Some(who(2)), at(14)), Held::Other(&claim));
        assert_eq!(held(&row, Some(who(1)), at(15)), Held::Nobody);
    }
}
