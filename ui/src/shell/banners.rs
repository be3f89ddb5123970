//! Lines above the page that say what it cannot be relied on for.

use tenantry_model::ipc::{CancelSignIn, IpcError, IpcErrorKind, OfflineReason, SignIn, SyncNow, SyncState};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::api;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::refusal;
use crate::context::use_app;
use crate::hooks::{sets, tell, use_now, use_return};
use crate::i18n::{t, use_i18n};

/// Offline, access ended, a clock that is wrong, nothing kept on disk. The last two are not spoken: they stop nobody, and come by themselves.
#[component]
pub(super) fn Banners() -> Html {
    let (i18n, app, now) = (use_i18n(), use_app(), use_now());
    let hidden = use_state(|| false);
    let failed = use_state(|| None::<IpcError>);
    // The next try may be minutes away, and whoever looks would rather know now. A service that asks for a pause gets it.
    let waits = matches!(&app.model.sync.state, SyncState::Offline { reason, .. } if *reason != OfflineReason::TooManyRequests);
    use_return(waits, || tell::<SyncNow>(()));
    let try_again = Callback::from(|_: MouseEvent| tell::<SyncNow>(()));
    // The sign-in that is given up answers for both.
    let cancel = Callback::from(|_: MouseEvent| tell::<CancelSignIn>(()));
    let sign_in = {
        let (reload, failed) = (app.reload.clone(), failed.clone());
        Callback::from(move |_: MouseEvent| {
            let (reload, failed) = (reload.clone(), failed.clone());
            failed.set(None);
            spawn_local(async move {
                match api::call::<SignIn>(()).await {
                    Ok(_) => reload.emit(()),
                    Err(error) => failed.set(Some(error).filter(|error| error.kind != IpcErrorKind::Cancelled)),
                }
            });
        })
    };
    let memory_only = app.user().and_then(|user| user.memory_only).filter(|_| !*hidden);
    let clock_off = app.user().and_then(|user| user.clock_off);
    let hide = sets(&hidden, move |_: MouseEvent| true);
    html! {
        <>
            {match &app.model.sync.state {
                SyncState::Offline { since, reason, retry_at } => {
                    let next = retry_at.map(|at| t!(i18n, "offline-next", moment = i18n.moment(at)));
                    let standing = app.model.sync.as_of.map(|as_of| t!(i18n, "offline-as-of", ago = i18n.ago(as_of, now), moment = i18n.moment(as_of)));
                    html! {
                        <div class="banner banner--offline" data-testid="offline-banner" title={t!(i18n, "offline-since", moment = i18n.moment(*since))}>
                            {glyph(Icon::Offline)}
                            <p class="banner__text"><strong role="status">{i18n.label(*reason)}</strong>{" "}{standing.unwrap_or_else(|| t!(i18n, "offline-nothing"))}{" "}{next}</p>
                            <button type="button" class="button button--small" data-testid="offline-retry" onclick={try_again}>{t!(i18n, "try-again")}</button>
                        </div>
                    }
                }
                SyncState::AccessEnded { reason } => html! {
                    <div class="banner banner--ended" data-testid="access-ended-banner">
                        {glyph(Icon::Lock)}
                        if app.is_signing_in_again() {
                            <span class="spinner" aria-hidden="true" />
                            <p class="banner__text" role="status" data-testid="signing-in-again">{t!(i18n, "sign-in-waiting")}</p>
                            <button type="button" class="button button--small" data-testid="sign-in-cancel" onclick={cancel}>{t!(i18n, "cancel")}</button>
                        } else {
                            <div class="banner__text">
                                <strong role="alert">{i18n.label(*reason)}</strong>{" "}{failed.as_ref().map(|error| i18n.label(error.kind))}
                                {failed.as_ref().and_then(|error| error.details.as_deref()).map(|details| refusal(&i18n, details))}
                            </div>
                            <button type="button" class="button button--small" data-testid="sign-in-again" onclick={sign_in}>{t!(i18n, "sign-in")}</button>
                        }
                    </div>
                },
                SyncState::SignedOut | SyncState::Connecting | SyncState::Current => html! {},
            }}
            if let Some(off) = clock_off {
                <div class="banner banner--note" data-testid="clock-banner">
                    {glyph(Icon::Info)}
                    <p class="banner__text">{t!(i18n, "clock-off", here = i18n.moment(off.here), service = i18n.moment(off.service))}</p>
                </div>
            }
            if let Some(reason) = memory_only {
                <div class="banner banner--note" data-testid="memory-only-banner">
                    {glyph(Icon::Info)}
                    <p class="banner__text">{i18n.label(reason)}</p>
                    <button type="button" class="icon-button icon-button--small" aria-label={t!(i18n, "close")} title={t!(i18n, "close")} onclick={hide}>{glyph(Icon::Close)}</button>
                </div>
            }
        </>
    }
}
