//! How current the screen is, in an icon and words; a press syncs now.

use tenantry_model::ipc::{SyncNow, SyncState as State, SyncStatus};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::context::use_app;
use crate::hooks::{tell, use_now};
use crate::i18n::{I18n, t, use_i18n};

/// The state's word in `data-state`, its icon and its text.
fn shown(i18n: &I18n, sync: &SyncStatus, now: Timestamp) -> (&'static str, Icon, String) {
    match (&sync.state, sync.as_of) {
        (State::SignedOut | State::Connecting, _) => ("connecting", Icon::Sync, t!(i18n, "sync-connecting")),
        (State::Current, Some(as_of)) => ("current", Icon::Current, t!(i18n, "sync-current", ago = i18n.ago(as_of, now))),
        (State::Current, None) => ("current", Icon::Current, t!(i18n, "sync-current-bare")),
        (State::Offline { .. }, Some(as_of)) => ("offline", Icon::Offline, t!(i18n, "sync-offline", ago = i18n.ago(as_of, now))),
        (State::Offline { .. }, None) => ("offline", Icon::Offline, t!(i18n, "sync-offline-bare")),
        (State::AccessEnded { .. }, _) => ("access-ended", Icon::Lock, t!(i18n, "sync-access-ended")),
    }
}

/// How much of the history has come, while it is still coming.
fn progress(i18n: &I18n, sync: &SyncStatus) -> Option<String> {
    let percent = sync.done_percent.filter(|_| sync.history_pending)?;
    Some(t!(i18n, "sync-history-percent", percent = u32::from(percent.min(99))))
}

#[component]
pub(super) fn SyncState() -> Html {
    let (i18n, app, now) = (use_i18n(), use_app(), use_now());
    let sync = &app.model.sync;
    // The clock ticks every half minute; a sync in between must not look as if it lay ahead.
    let now = sync.as_of.map_or(now, |as_of| now.max(as_of));
    let (word, icon, text) = shown(&i18n, sync, now);
    let when = sync.as_of.map(|as_of| t!(i18n, "sync-as-of", moment = i18n.moment(as_of)));
    let history = sync.history_pending.then(|| t!(i18n, "sync-history-pending"));
    let progress = progress(&i18n, sync);
    let title = when.into_iter().chain(history).chain([t!(i18n, "sync-now")]).collect::<Vec<_>>().join("\n");
    let onclick = Callback::from(|_: MouseEvent| tell::<SyncNow>(()));
    html! {
        <button type="button" class={format!("sync sync--{word}")} data-testid="sync-state" data-state={word} {title} {onclick}>
            {glyph(icon)}<span class="sync__text">{text}if let Some(progress) = progress { {" · "}{progress} }</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::{AccessEndedReason, OfflineReason};

    #[test]
    fn fault_9_20_the_progress_of_the_history_is_shown_while_it_is_coming() {
        let status = |history_pending, done_percent| SyncStatus { state: State::Current, as_of: None, history_pending, done_percent };
        let (english, german) = (I18n::default(), I18n::new(tenantry_model::ipc::Language::German));
        assert_eq!(progress(&english, &status(true, Some(43))).unwrap(), "History 43\u{a0}%");
        assert_eq!(progress(&german, &status(true, Some(43))).unwrap(), "Verlauf 43\u{a0}%");
        assert_eq!(progress(&english, &status(true, None)), None);
        assert_eq!(progress(&english, &status(false, Some(43))), None);
    }

    #[test]
    fn every_state_of_the_sync_has_its_word() {
        let i18n = I18n::default();
        let moment = Timestamp::from_micros(0);
        let word = |state| shown(&i18n, &SyncStatus { state, as_of: Some(moment), history_pending: false, done_percent: None }, moment).0;
        assert_eq!(word(State::Connecting), "connecting");
        assert_eq!(word(State::Current), "current");
        assert_eq!(word(State::Offline { since: moment, reason: OfflineReason::Unreachable, retry_at: None }), "offline");
        assert_eq!(word(State::AccessEnded { reason: AccessEndedReason::SignInExpired }), "access-ended");
    }
}
