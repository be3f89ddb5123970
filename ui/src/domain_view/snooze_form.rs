//! Why something is to be out of sight, and for how long (A33).

use std::time::Duration;

use tenantry_model::api::incidents::LONGEST_SNOOZE_REASON;
use tenantry_model::ipc::IpcError;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::confirm::use_leaving;
use crate::components::form::{TextField, characters};
use crate::components::form_dialog::FormDialog;
use crate::components::notice::failed;
use crate::hooks::{use_draft, use_now};
use crate::i18n::{I18n, t, use_i18n};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// What is offered; the last is without an end.
const LASTS: [Option<Duration>; 5] =
    [Some(HOUR), Some(Duration::from_secs(4 * 60 * 60)), Some(DAY), Some(Duration::from_secs(7 * 24 * 60 * 60)), None];
const PRESET: usize = 1;

/// One of several things that can be put out of sight.
#[derive(Debug, Clone, PartialEq)]
pub struct What {
    pub id: &'static str,
    pub label: AttrValue,
    /// Why it cannot be now.
    pub why: Option<AttrValue>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Snoozing {
    /// Which of the things, by its place.
    pub what: usize,
    pub reason: String,
    pub until: Option<Timestamp>,
}

#[derive(Properties, PartialEq)]
pub struct SnoozeFormProps {
    pub title: AttrValue,
    /// What the button says, where it is not to snooze.
    #[prop_or_default]
    pub action: Option<AttrValue>,
    /// One is not asked for.
    pub what: Vec<What>,
    /// What is good to know.
    #[prop_or_default]
    pub hint: Html,
    #[prop_or_default]
    pub busy: bool,
    #[prop_or_default]
    pub error: Option<IpcError>,
    pub on_submit: Callback<Snoozing>,
    pub on_cancel: Callback<()>,
}

#[derive(Clone, PartialEq)]
struct Draft {
    what: usize,
    lasts: usize,
    reason: String,
}

/// See the module. The focus starts on the reason; Enter sends.
#[component]
pub fn SnoozeForm(props: &SnoozeFormProps) -> Html {
    let (i18n, now) = (use_i18n(), use_now());
    let draft = use_draft(|| Draft { what: 0, lasts: PRESET, reason: String::new() });
    let length = characters(&draft.reason);
    let (cancel, question) = use_leaving(length > 0, &props.on_cancel);
    let blocked = match length {
        0 => Some(t!(i18n, "snooze-reason-missing")),
        1..=LONGEST_SNOOZE_REASON => props.what.get(draft.what).and_then(|what| what.why.as_ref()).map(ToString::to_string),
        _ => Some(t!(i18n, "snooze-reason-long", most = LONGEST_SNOOZE_REASON)),
    };
    let onsubmit = {
        let (ready, on_submit) = (blocked.is_none() && !props.busy, props.on_submit.clone());
        let asked =
            Snoozing { what: draft.what, reason: draft.reason.trim().to_owned(), until: LASTS[draft.lasts].map(|lasts| now.plus(lasts)) };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                on_submit.emit(asked.clone());
            }
        })
    };
    let too_long = (length > LONGEST_SNOOZE_REASON).then(|| AttrValue::from(t!(i18n, "snooze-reason-long", most = LONGEST_SNOOZE_REASON)));
    html! { <>
        <FormDialog id="snooze" title={&props.title} action={props.action.clone().unwrap_or_else(|| t!(i18n, "snooze-action").into())} {blocked} busy={props.busy} {onsubmit} on_cancel={cancel}>
            <TextField id="snooze-reason" label={t!(i18n, "snooze-reason")} value={draft.reason.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.reason = text)} error={too_long} required=true autofocus=true />
            <fieldset class="checks">
                <legend class="checks__legend">{t!(i18n, "snooze-for")}</legend>
                <>{for LASTS.iter().enumerate().map(|(at, lasts)| {
                    let onchange = draft.edit(move |draft: &mut Draft, _: Event| draft.lasts = at);
                    html! {
                        <label key={at} class="tick">
                            <input type="radio" name="snooze-for" checked={draft.lasts == at} data-testid={format!("snooze-for-{at}")} {onchange} />
                            <span class="tick__text"><span>{lasting(&i18n, *lasts)}</span></span>
                        </label>
                    }
                })}</>
            </fieldset>
            if props.what.len() > 1 {
                <fieldset class="checks">
                    <legend class="checks__legend">{t!(i18n, "snooze-what")}</legend>
                    <>{for props.what.iter().enumerate().map(|(at, what)| {
                        let onchange = draft.edit(move |draft: &mut Draft, _: Event| draft.what = at);
                        html! {
                            <label key={what.id} class="tick">
                                <input type="radio" name="snooze-what" checked={draft.what == at} data-testid={format!("snooze-what-{}", what.id)} {onchange} />
                                <span class="tick__text"><span>{&what.label}</span>if let Some(why) = &what.why { <span class="dim">{why}</span> }</span>
                            </label>
                        }
                    })}</>
                </fieldset>
            }
            {props.hint.clone()}
            if let Some(error) = &props.error { {failed(&i18n, error)} }
        </FormDialog>
        {question}
    </> }
}

fn lasting(i18n: &I18n, lasts: Option<Duration>) -> String {
    match lasts {
        None => t!(i18n, "snooze-no-end"),
        Some(lasts) if lasts < DAY => t!(i18n, "snooze-hours", count = (lasts.as_secs() / HOUR.as_secs()) as u32),
        Some(lasts) => t!(i18n, "snooze-days", count = (lasts.as_secs() / DAY.as_secs()) as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::api::incidents::LONGEST_SNOOZE;

    #[test]
    fn a33_what_is_offered_ends_within_thirty_days_or_not_at_all() {
        assert!(LASTS.iter().flatten().all(|lasts| *lasts <= LONGEST_SNOOZE));
        assert_eq!((LASTS[LASTS.len() - 1], LASTS[PRESET]), (None, Some(HOUR * 4)));
    }
}
