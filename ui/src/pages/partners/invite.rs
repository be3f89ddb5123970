//! The invitation of a partner, in four steps (W2, R17–R25).

use tenantry_model::ipc::{CheckPartnerDomain, CreateOwn, InvitePartner};
use yew::prelude::*;

use super::delegated::{Choose, words};
use super::draft::{Edit, Invite};
use super::fields::{ceiling, rights};
use super::room_names::{RoomNames, use_room_names};
use super::rooms_step::rooms_step;
use super::terms::terms;
use super::view_model::{EVENTS, approval, offline};
use crate::components::form::{TextField, ticked};
use crate::components::notice::{failed, why_not_now};
use crate::components::pane::fact;
use crate::components::stepper::Stepper;
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::hooks::{self, FormTarget, sets, use_draft, use_task};
use crate::i18n::{I18n, Names, t, use_i18n};

/// How many rooms a line of names shows.
const NAMES: usize = 8;

/// The domain in the request.
const DOMAIN: &str = "#/domain";

#[derive(Properties, PartialEq)]
pub(super) struct InviteFormProps {
    pub(super) target: FormTarget,
    pub(super) on_done: Callback<String>,
    pub(super) on_cancel: Callback<()>,
}

/// The step with the field that is named so in the request; none for one that no step shows.
fn step_of(pointer: &str) -> Option<usize> {
    match pointer {
        DOMAIN => Some(0),
        "#/rooms" | "#/groups" => Some(1),
        "#/termsAccepted" => Some(2),
        _ => None,
    }
}

/// The question whose answer is still wanted.
struct Awaited<T>(Option<T>);

impl<T> Default for Awaited<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: PartialEq> Awaited<T> {
    fn ask(&mut self, about: T) {
        self.0 = Some(about);
    }

    fn forget(&mut self) {
        self.0 = None;
    }

    /// Whether an answer about this is the one that is wanted; it is given once.
    fn answers(&mut self, about: &T) -> bool {
        self.0.take_if(|wanted| wanted == about).is_some()
    }
}

#[component]
pub(super) fn InviteForm(props: &InviteFormProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let form = use_draft(Invite::default);
    let at = use_draft(|| 0_usize);
    // The domain that was left with what is no domain in it: nothing is said of it while somebody still types it.
    let left = use_state(|| false);
    let task = use_task();
    let FormTarget { customer: owner, name: organisation, form: id, .. } = props.target.clone();
    let names = use_room_names(Some(owner));
    let on_rights = form.edit(|form: &mut Invite, change: Edit| *form = form.edited(|form| form.rights = form.rights.edited(change)));
    // The domain that the service is asked about; none once another was typed.
    let asked_about = use_mut_ref(Awaited::default);
    let on_domain = {
        let (task, left, asked_about) = (task.clone(), left.setter(), asked_about.clone());
        form.edit(move |form: &mut Invite, text: String| {
            // What the service said was about the domain before, and what it is about to say.
            task.reset();
            asked_about.borrow_mut().forget();
            left.set(false);
            *form = form.edited(|form| form.domain = text);
        })
    };
    let on_days = form.edit(|form: &mut Invite, text: String| *form = form.edited(|form| form.days = text));
    let on_rooms = form.edit(|form: &mut Invite, choose: Choose| *form = form.edited(|form| form.rooms = form.rooms.edited(choose)));
    let on_agree = form.edit(|form: &mut Invite, event: Event| {
        let agreed = ticked(event);
        *form = form.edited(|form| form.agreed = agreed);
    });
    let domain = form.domain.trim().to_lowercase();
    let on_finish = {
        let (task, form, at, on_done) = (task.clone(), form.clone(), at.clone(), props.on_done.clone());
        let names = names.clone();
        let told = t!(i18n, "invite-done", domain = domain.clone());
        Callback::from(move |()| {
            let Some(new) = form.invitation(&names) else { return };
            let (at, on_done, told) = (at.clone(), on_done.clone(), told.clone());
            task.run(async move {
                match hooks::call::<InvitePartner>(CreateOwn { form: id, new }).await {
                    Ok(_) => {
                        on_done.emit(told);
                        Ok(())
                    }
                    Err(error) => {
                        // Back to the field that it is about.
                        if let Some(step) = error.fields.iter().find_map(|field| step_of(&field.pointer)) {
                            at.set(step);
                        }
                        Err(error)
                    }
                }
            });
        })
    };
    // Whether the domain can be invited is asked before the other steps are filled in. Where nobody answers that, the sending says it.
    let on_step = {
        let (task, at, asked) = (task.clone(), at.clone(), form.domain().filter(|_| *at == 0));
        Callback::from(move |place: usize| {
            let Some(domain) = asked.clone().filter(|_| place > 0) else { return at.set(place) };
            let (at, asked_about) = (at.clone(), asked_about.clone());
            task.run(async move {
                asked_about.borrow_mut().ask(domain.clone());
                let answer = hooks::call::<CheckPartnerDomain>(domain.clone()).await;
                match answer {
                    _ if !asked_about.borrow_mut().answers(&domain) => Ok(()),
                    Err(error) if error.field(DOMAIN).is_some() => Err(error),
                    _ => {
                        at.set(place);
                        Ok(())
                    }
                }
            });
        })
    };
    let refused = task.error().and_then(|error| error.field(DOMAIN));
    let domain_error = refused
        .map(|error| i18n.field_error(error))
        .or_else(|| (*left && !domain.is_empty() && form.domain().is_none()).then(|| t!(i18n, "invite-no-domain")));
    let labels = [t!(i18n, "invite-step-partner"), t!(i18n, "rooms"), t!(i18n, "invite-step-terms"), t!(i18n, "step-review")];
    let said = words(&i18n, &form.rooms, &names);
    // What was agreed to were these rooms: some may come and go meanwhile (R25). What there is to agree to is shown anew.
    let rooms = use_memo((form.rooms.clone(), names.clone()), |(chosen, names)| chosen.rooms(names));
    use_effect_with((names.have_come(), rooms), {
        let on_other = form.edit(|form: &mut Invite, ()| *form = form.edited(|form| form.agreed = false));
        let (at, was_agreed) = (at.clone(), form.agreed);
        move |_| {
            if was_agreed {
                on_other.emit(());
                at.set((*at).min(2));
            }
        }
    });
    let mut complete = form.complete();
    complete[1] &= names.have_come();
    let steps = labels.into_iter().zip(complete).map(|(label, complete)| Step::new(label, complete)).collect::<Vec<_>>();
    let missing = match *at {
        0 if !complete[0] => Some(t!(i18n, "invite-needs-partner")),
        1 if !names.have_come() => {
            Some(if names.have_failed() { t!(i18n, "delegate-words-failed") } else { t!(i18n, "delegate-words-waiting") })
        }
        1 if !complete[1] => Some(t!(i18n, "invite-needs-room")),
        2 if !complete[2] => Some(t!(i18n, "invite-needs-consent")),
        _ => None,
    };
    let notices = html! { <>
        if let Some(error) = task.error().filter(|_| refused.is_none()) { {failed(&i18n, error)} }
        {why(missing)}
    </> };
    let on_blur = sets(&left, move |_: FocusEvent| true);
    let content = match *at {
        0 => html! { <>
            <div onfocusout={on_blur}>
                <TextField id="invite-domain" label={t!(i18n, "invite-domain")} hint={t!(i18n, "invite-domain-hint")} required=true autofocus=true
                    value={form.domain.clone()} error={domain_error.map(AttrValue::from)} on_input={on_domain} />
            </div>
            <Stepper id="invite-days" label={t!(i18n, "invite-days")} unit={t!(i18n, "days")} least={1} most={30} value={form.days.clone()}
                hint={t!(i18n, "invite-days-hint")} error={form.expiry().is_none().then(|| AttrValue::from(t!(i18n, "days-wrong")))} on_input={on_days} />
            {rights(&i18n, &form.rights, true, &on_rights)}
        </> },
        1 => html! { <>
            <p class="field__hint step__hint">{t!(i18n, "invite-rooms-hint")}</p>
            {rooms_step(&i18n, ("invite-rooms", owner), &form.rooms, &names, &on_rooms)}
        </> },
        2 => terms(&i18n, &form, &said, &organisation, on_agree),
        _ => review(&i18n, &form, &names),
    };
    html! {
        <Wizard title={t!(i18n, "invite-title")} over={organisation} {steps} at={*at} {on_step} finish={t!(i18n, "invite-finish", domain = domain)}
            blocked={why_not_now(&i18n, &app).map(AttrValue::from)} busy={task.is_busy()} {on_finish} entered={form.is_changed()} on_cancel={props.on_cancel.clone()} testid="invite-form" {notices}>
            {content}
        </Wizard>
    }
}

pub(super) fn why(missing: Option<String>) -> Html {
    html! { if let Some(missing) = missing { <p class="pane__why pane__why--top" data-testid="step-why">{missing}</p> } }
}

pub(super) fn some_names(i18n: &I18n, names: &[impl AsRef<str>]) -> String {
    let more = names.len().saturating_sub(NAMES);
    let shown: Names = names.iter().take(NAMES).collect();
    if more > 0 { t!(i18n, "names-more", names = shown, count = more) } else { shown.text() }
}

fn review(i18n: &I18n, form: &Invite, names: &RoomNames) -> Html {
    let rooms = names.names(i18n, &form.rooms.rooms(names));
    let rights = &form.rights;
    let days = form.expiry().map_or(0, |days| days.days());
    html! {
        <dl class="facts" data-testid="invite-review">
            {fact(t!(i18n, "invite-domain"), html! { {form.domain.trim().to_lowercase()} })}
            {fact(t!(i18n, "invite-days"), html! { {t!(i18n, "days-count", count = days)} })}
            {fact(t!(i18n, "rooms"), html! { <><span data-testid="invite-review-rooms">{words(i18n, &form.rooms, names)}</span><p class="dim">{some_names(i18n, &rooms)}</p></> })}
            {fact(t!(i18n, "rights-ceiling"), html! { <>{ceiling(i18n, rights.ceiling)}<p class="dim">{crate::domain_view::role_labels::permission_names(i18n, rights.ceiling)}</p></> })}
            <>{for EVENTS.iter().map(|event| fact(i18n.label(*event), html! { {approval(i18n, rights.control.of(*event))} }))}</>
            {fact(t!(i18n, "rights-offline"), html! { {offline(i18n, rights)} })}
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_12_an_answer_about_a_domain_that_was_changed_meanwhile_moves_nothing() {
        let mut awaited = Awaited::default();
        awaited.ask("nordlicht.example");
        assert!(awaited.answers(&"nordlicht.example"));
        awaited.ask("nordlicht.example");
        awaited.forget();
        assert!(!awaited.answers(&"nordlicht.example"), "another one is being typed");
        awaited.ask("suedwind.example");
        assert!(!awaited.answers(&"nordlicht.example") && awaited.answers(&"suedwind.example"));
    }
}
