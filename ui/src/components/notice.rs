//! Lines that say how a change went, why something cannot be done, and how old a page is.

use tenantry_model::api::requests::Outcome;
use tenantry_model::ipc::{Cached, CustomerRow, IpcError, IpcErrorKind, RefusalDetails, WorkOutcome};
use tenantry_model::permission::Permission;
use yew::prelude::*;

use super::icon::{Icon, glyph};
use super::pane::fact;
use crate::context::App;
use crate::i18n::{I18n, t};
use crate::remote::{LoadState, Remote};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Waiting,
    Note,
    Care,
    Bad,
}

impl Tone {
    const fn look(self) -> (&'static str, Icon) {
        match self {
            Self::Good => ("notice--good", Icon::Resolved),
            Self::Waiting => ("notice--waiting", Icon::Pending),
            Self::Note => ("notice--note", Icon::Info),
            Self::Care => ("notice--care", Icon::Important),
            Self::Bad => ("notice--bad", Icon::Important),
        }
    }
}

/// In answer to what somebody did: screen readers say it.
pub fn notice(tone: Tone, testid: &'static str, content: Html) -> Html {
    framed(tone, Some(if tone == Tone::Bad { "alert" } else { "status" }), testid, content)
}

/// How things stand, whoever changed them: screen readers find it, and say nothing by themselves.
pub fn standing(tone: Tone, testid: &'static str, content: Html) -> Html {
    framed(tone, None, testid, content)
}

fn framed(tone: Tone, role: Option<&'static str>, testid: &'static str, content: Html) -> Html {
    let (class, icon) = tone.look();
    html! { <div class={classes!("notice", class)} {role} data-testid={testid}>{glyph(icon)}<div class="notice__text">{content}</div></div> }
}

/// Why a change failed: what to do in the user's language, and below it which fields cannot be taken, or what the service said where it
/// says more.
pub fn failed(i18n: &I18n, error: &IpcError) -> Html {
    use IpcErrorKind::{Conflict, DownloadsUnusable, Internal, Invalid, Refused};
    let said = matches!(error.kind, Invalid | Conflict | Refused | DownloadsUnusable | Internal);
    notice(
        Tone::Bad,
        "failed",
        html! { <>
            <p>{i18n.label(error.kind)}</p>
            if !error.fields.is_empty() {
                {for error.fields.iter().map(|field| html! { <p class="notice__detail selectable">{i18n.field_error(field)}</p> })}
            } else if said { <p class="notice__detail selectable" lang="en">{&error.message}</p> }
        </> },
    )
}

/// How a change went: done, or waiting for the customer's approval (R23, R24).
pub fn outcome(i18n: &I18n, outcome: &Outcome, done: String) -> Html {
    match outcome {
        Outcome::Done(_) => notice(Tone::Good, "outcome-done", html! { {done} }),
        Outcome::Requested(_) => notice(Tone::Waiting, "outcome-requested", html! { {said(i18n, outcome, done)} }),
    }
}

/// The same in words.
pub fn said(i18n: &I18n, outcome: &Outcome, done: String) -> String {
    match outcome {
        Outcome::Done(_) => done,
        Outcome::Requested(request) => t!(i18n, "outcome-requested", name = request.customer_name.clone()),
    }
}

/// How work went: the same, or kept until it can be sent.
pub fn worked(i18n: &I18n, work: &WorkOutcome, done: String) -> Html {
    match work {
        WorkOutcome::Room(answer) => outcome(i18n, answer, done),
        WorkOutcome::Done(_) | WorkOutcome::Already => notice(Tone::Good, "outcome-done", html! { {done} }),
        WorkOutcome::Waits => notice(Tone::Waiting, "outcome-waits", html! { {t!(i18n, "outbox-kept")} }),
    }
}

/// What the provider said when it refused, out of the way: for whoever has to find out why.
pub fn refusal(i18n: &I18n, details: &RefusalDetails) -> Html {
    let code = details.code.as_ref().map_or_else(|| details.error.clone(), |code| format!("{} · {code}", details.error));
    html! {
        <details class="refusal" data-testid="refusal">
            <summary>{t!(i18n, "details")}</summary>
            <dl class="facts">
                {fact(t!(i18n, "refusal-code"), html! { {code} })}
                if let Some(id) = &details.correlation_id { {fact(t!(i18n, "refusal-correlation-id"), html! { {id} })} }
                if let Some(text) = &details.description { {fact(t!(i18n, "refusal-description"), html! { {text} })} }
            </dl>
        </details>
    }
}

/// Where what is asked of the service cannot be shown: why, and a way to ask again. Nothing where it can, or is still being asked.
pub fn missing<T>(i18n: &I18n, remote: &Remote<T>, on_retry: &Callback<()>, offline: String, testid: &'static str) -> Option<Html> {
    let why = match remote.load_state() {
        LoadState::Failed(error) if matches!(error.kind, IpcErrorKind::Offline | IpcErrorKind::Locked) => offline,
        LoadState::Failed(error) => i18n.label(error.kind),
        _ => return None,
    };
    let onclick = on_retry.reform(|_: MouseEvent| ());
    Some(html! {
        <p class="rest" data-testid={testid}><span>{why}</span><button type="button" class="link" {onclick}>{t!(i18n, "try-again")}</button></p>
    })
}

/// Where the page's state is from: nothing while it is what the service says now.
pub fn cached<T>(i18n: &I18n, app: &App, answer: Option<&Cached<T>>) -> Html {
    let cut_off = app.is_cut_off();
    match answer {
        Some(answer) if cut_off => line(Icon::Offline, t!(i18n, "cached-offline", moment = i18n.moment(answer.as_of))),
        Some(answer) if !answer.current => line(Icon::Sync, t!(i18n, "cached-asking", moment = i18n.moment(answer.as_of))),
        _ => html! {},
    }
}

fn line(icon: Icon, text: String) -> Html {
    html! { <p class="cached" data-testid="cached">{glyph(icon)}<span class="clip" title={text.clone()}>{text}</span></p> }
}

/// Why the user can do nothing of this kind at this customer; none where they may, or it is not known yet. The service decides room by room.
pub fn no_right(i18n: &I18n, customer: Option<&CustomerRow>, permission: Permission) -> Option<String> {
    let customer = customer.filter(|customer| !customer.permissions.contains(permission))?;
    Some(t!(i18n, "no-right-to", what = i18n.label(permission), name = customer.display_name.clone()))
}

/// Why nothing can be changed now; none where it can.
pub fn why_not_now(i18n: &I18n, app: &App) -> Option<String> {
    app.is_cut_off().then(|| t!(i18n, "change-offline"))
}
