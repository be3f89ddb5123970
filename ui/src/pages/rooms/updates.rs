//! The tab Updates of a room: what it runs, and which updates it has before it (R103).

use tenantry_model::api::updates::{RoomUpdate, RoomUpdates as Seen};
use tenantry_model::ipc::{GetRoomUpdates, RoomDetail, RoomKey, UpdateKey};
use tenantry_model::update::UpdateStatus;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::loading::Loading;
use crate::components::notice::{cached, missing, why_not_now};
use crate::components::pane::fact;
use crate::context::use_app;
use crate::domain_view::badges::update_badge;
use crate::domain_view::update_action::{About, ActDialog, Asked, Forced};
use crate::hooks::{gives, sets, use_command};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RoomUpdatesProps {
    pub(super) known: RoomDetail,
    /// Something was done: what to say about it.
    pub(super) on_told: Callback<String>,
}

#[component]
pub(super) fn RoomUpdates(props: &RoomUpdatesProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let room = &props.known.room;
    let key = RoomKey { customer_id: room.customer_id, id: room.id };
    // Asked again when the room changed here: so it does when an update fails in it.
    let updates = use_command::<GetRoomUpdates>(Some(key), app.model.relations.wrapping_add(room.version));
    let asking = use_state(|| None::<(About, Asked)>);
    if let Some(missing) = missing(&i18n, &updates.remote, &updates.retry, t!(i18n, "room-updates-offline"), "room-updates-missing") {
        return missing;
    }
    let Some(seen) = updates.remote.data() else { return html! { <Loading lines=3 /> } };
    let on_ask = {
        let (asking, room, customer) = (asking.setter(), room.clone(), props.known.customer_name.clone());
        let needs_approval = seen.value.needs_approval;
        Callback::from(move |update: RoomUpdate| {
            let about = About {
                key: UpdateKey { customer: room.customer_id, update: update.update },
                version: update.version,
                update: format!("{} {}", update.package, update.package_version),
                customer: customer.clone(),
                needs_approval,
            };
            asking.set(Some((about, Asked::Force(Forced::Room(room.id, room.display_name.clone())))));
        })
    };
    let dialog = asking.as_ref().map(|(about, asked)| {
        let on_done = {
            let (asking, retry, on_told) = (asking.setter(), updates.retry.clone(), props.on_told.clone());
            Callback::from(move |text: String| {
                asking.set(None);
                on_told.emit(text);
                retry.emit(());
            })
        };
        html! { <ActDialog about={about.clone()} asked={asked.clone()} {on_done} on_cancel={sets(&asking, |()| None)} /> }
    });
    let now = why_not_now(&i18n, &app);
    html! { <>
        {cached(&i18n, &app, Some(seen))}
        {installed(&i18n, &seen.value)}
        <section class="pane__section">
            <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "room-updates-ahead")}</h3></header>
            if !seen.value.knows_time_zone { <p class="dim">{t!(i18n, "room-updates-no-zone")}</p> }
            if seen.value.updates.is_empty() { <p class="dim" data-testid="room-updates-none">{t!(i18n, "room-updates-none")}</p> }
            <ul class="update-rings">
                {for seen.value.updates.iter().map(|update| {
                    let why = now.clone().or_else(|| why_not(&i18n, &seen.value, update));
                    html! { <li key={update.update.to_string()} class="update-rings__row" data-testid="room-update">{line(&i18n, update, why, &on_ask)}</li> }
                })}
            </ul>
        </section>
        {dialog.unwrap_or_default()}
    </> }
}

/// Why an update cannot be forced in the room.
fn why_not(i18n: &I18n, seen: &Seen, update: &RoomUpdate) -> Option<String> {
    let right = (!seen.may_force).then(|| t!(i18n, "update-why-no-right"));
    right.or_else(|| (update.status == UpdateStatus::Paused).then(|| t!(i18n, "update-why-paused")))
}

fn installed(i18n: &I18n, seen: &Seen) -> Html {
    html! {
        <section class="pane__section">
            <header class="pane__section-head"><h3 class="prose__title">{t!(i18n, "room-updates-installed")}</h3></header>
            if seen.installed.is_empty() { <p class="dim" data-testid="room-updates-unknown">{t!(i18n, "room-updates-unknown")}</p> }
            <dl class="facts" data-testid="room-installed">
                {for seen.installed.iter().map(|it| fact(it.package.to_string(), html! { <span title={t!(i18n, "room-updates-since", moment = i18n.moment(it.since))}>{it.version.as_str()}</span> }))}
            </dl>
        </section>
    }
}

fn line(i18n: &I18n, update: &RoomUpdate, why: Option<String>, on_ask: &Callback<RoomUpdate>) -> Html {
    let name = format!("{} {}", update.package, update.package_version);
    html! { <>
        <span class="update-rings__head">
            <span class="clip" title={name.clone()}>{&name}</span>
            {update_badge(i18n, update.status)}
            <Button class="button button--small" testid="room-force" label={t!(i18n, "room-force-label", update = name.clone())} {why} onclick={gives::<MouseEvent, _>(on_ask, update.clone())}>{t!(i18n, "update-force")}</Button>
        </span>
        if let Some(text) = standing(i18n, update) { <span class="update-rings__more dim">{text}</span> }
        if let Some(reason) = &update.reason { <span class="update-rings__more selectable">{reason}</span> }
    </> }
}

/// When it comes, or how far it is.
fn standing(i18n: &I18n, update: &RoomUpdate) -> Option<String> {
    let progress = update.progress.map(|progress| i18n.label(progress));
    let forced = update.forced.map(|when| i18n.label(when));
    let window = || {
        let window = update.window?;
        Some(t!(i18n, "room-updates-window", from = i18n.moment(window.from), until = i18n.moment(window.until)))
    };
    progress.or(forced).or_else(window)
}

#[cfg(test)]
mod tests {
    use tenantry_model::api::updates::InstallWindow;
    use tenantry_model::id::UpdateId;
    use tenantry_model::time::Timestamp;
    use tenantry_model::update::{ForcedWhen, UpdateProgress};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn r105_a_room_says_how_far_an_update_is_or_when_it_comes() {
        let i18n = I18n::default();
        let at = |hour: i64| Timestamp::from_micros(hour * 3_600_000_000);
        let scheduled = RoomUpdate {
            update: UpdateId::from_uuid(Uuid::from_u128(1)),
            package: "App".parse().unwrap(),
            package_version: "5.4".parse().unwrap(),
            status: UpdateStatus::Scheduled,
            progress: None,
            reason: None,
            forced: None,
            window: Some(InstallWindow { from: at(23), until: at(28) }),
            version: 1,
        };
        assert!(standing(&i18n, &scheduled).is_some_and(|text| text.contains(&i18n.moment(at(23)))));
        let forced = RoomUpdate { forced: Some(ForcedWhen::WhenFree), window: None, ..scheduled.clone() };
        assert_eq!(standing(&i18n, &forced), Some(i18n.label(ForcedWhen::WhenFree)));
        let failed = RoomUpdate { progress: Some(UpdateProgress::Failed), ..forced };
        assert_eq!(standing(&i18n, &failed), Some(i18n.label(UpdateProgress::Failed)));
        let later = RoomUpdate { window: None, ..scheduled.clone() };
        assert_eq!(standing(&i18n, &later), None);
        let seen = |may_force| Seen { installed: vec![], updates: vec![], knows_time_zone: true, may_force, needs_approval: false };
        assert_eq!(why_not(&i18n, &seen(true), &scheduled), None);
        assert!(why_not(&i18n, &seen(false), &scheduled).is_some());
        assert!(why_not(&i18n, &seen(true), &RoomUpdate { status: UpdateStatus::Paused, ..scheduled }).is_some());
    }
}
