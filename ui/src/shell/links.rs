//! Links that were opened: follows them, and says where one leads nowhere. What may not be seen answers like what is not there.

use gloo::timers::callback::Timeout;
use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{Command, GetIncident, GetRoom, IpcError, IpcErrorKind, NavigationTarget};
use yew::prelude::*;
use yew_router::prelude::*;

use super::scope::show_filter;
use crate::api;
use crate::components::dialog::Dialog;
use crate::context::{App, AppAction, use_app};
use crate::hooks::{no_dialog_is_open, sets};
use crate::i18n::{t, use_i18n};
use crate::page_table::Lists;
use crate::route::{Route, Section};

/// Why a link was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dead {
    /// It is no address of a place.
    Malformed,
    /// Nothing is there that this user may see.
    Unknown,
}

/// How often it is looked whether the dialog is gone that a link waits for.
const AGAIN_MS: u32 = 200;

/// Follows the link that was opened last, and gives what is to be said where it cannot be. What leads to a thing waits until there are any here; and
/// under a dialog nothing moves.
#[hook]
pub(super) fn use_link(lists: &Lists, navigator: Option<&Navigator>) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let dead = use_state_eq(|| None::<Dead>);
    let looked = use_state(|| 0_u32);
    let turn = use_mut_ref(|| 0_u32);
    let sync = &app.model.sync;
    let known = Known { any: sync.as_of.is_some(), all: !sync.history_pending };
    // What comes in the meantime may be what it leads to.
    let tick = (!known.all).then_some(app.model.tick);
    use_effect_with((app.model.link.clone(), known, tick, *looked), {
        let (app, lists, navigator, dead) = (app.clone(), lists.clone(), navigator.cloned(), dead.clone());
        move |(link, known, _, _)| {
            let (mut again, known) = (None, *known);
            // An answer to an earlier question is of no use.
            let mine = {
                let mut turn = turn.borrow_mut();
                *turn = turn.wrapping_add(1);
                *turn
            };
            if let (Some(link), Some(navigator)) = (link.clone(), navigator) {
                if dead.is_some() {
                    dead.set(None);
                }
                if !no_dialog_is_open() {
                    let next = looked.wrapping_add(1);
                    again = Some(Timeout::new(AGAIN_MS, move || looked.set(next)));
                } else if known.suffices(&link) {
                    let (dead, lists) = (dead.setter(), lists.clone());
                    wasm_bindgen_futures::spawn_local(async move {
                        let answer = to(&link).await;
                        if *turn.borrow() != mine || matches!(answer, Err(why) if known.may_still_come(&link, why)) {
                            return;
                        }
                        if !no_dialog_is_open() {
                            looked.set(looked.wrapping_add(1));
                            return;
                        }
                        app.dispatch.emit(AppAction::Link(None));
                        match answer {
                            Ok(To::Filter(page, filter)) => show_filter(&app, &lists, Some(&navigator), page, filter),
                            Ok(To::Page(route)) => navigator.push(&route),
                            Ok(To::Thing(customer, route)) => go(&app, &navigator, customer, route),
                            Err(why) => dead.set(Some(why)),
                        }
                    });
                }
            }
            move || drop(again)
        }
    });
    let Some(why) = *dead else { return html! {} };
    let on_close = sets(&dead, |()| None);
    let text = match why {
        Dead::Malformed => t!(i18n, "link-malformed"),
        Dead::Unknown => t!(i18n, "link-unknown"),
    };
    html! {
        <Dialog title={t!(i18n, "link-dead")} on_cancel={on_close.clone()}>
            <p class="dialog__text" data-testid="link-dead">{text}</p>
            <div class="dialog__buttons">
                <button type="button" class="button" data-testid="link-dead-close" onclick={on_close.reform(|_: MouseEvent| ())}>{t!(i18n, "close")}</button>
            </div>
        </Dialog>
    }
}

/// What is here of what links lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    /// Whether anything is.
    any: bool,
    /// Whether all is that comes after the first answer: rooms do.
    all: bool,
}

impl Known {
    /// Whether it can be said where a link leads.
    fn suffices(self, link: &NavigationTarget) -> bool {
        self.any || !matches!(link, NavigationTarget::Incident { .. } | NavigationTarget::Room { .. })
    }

    /// Whether what is not there may only not have come yet.
    fn may_still_come(self, link: &NavigationTarget, why: Dead) -> bool {
        !self.all && why == Dead::Unknown && matches!(link, NavigationTarget::Room { .. })
    }
}

/// Where a link leads.
enum To {
    Page(Route),
    Filter(ViewPage, String),
    /// A thing of a customer.
    Thing(TenantId, Route),
}

async fn to(link: &NavigationTarget) -> Result<To, Dead> {
    Ok(match link {
        NavigationTarget::Nowhere => return Err(Dead::Malformed),
        NavigationTarget::Rooms { filter: None } => To::Page(Route::Rooms),
        NavigationTarget::Rooms { filter: Some(filter) } => To::Filter(ViewPage::Rooms, filter.clone()),
        NavigationTarget::Incidents { filter: None } => To::Page(Route::START),
        NavigationTarget::Incidents { filter: Some(filter) } => To::Filter(ViewPage::Incidents, filter.clone()),
        NavigationTarget::Incident { key } => {
            let found = asked::<GetIncident>(*key).await?;
            let is_over = found.is_ok_and(|found| !found.incident.row.status.is_active());
            let tab = if is_over { IncidentTab::Resolved } else { IncidentTab::Active };
            To::Thing(key.customer_id, Route::incident(tab, *key))
        }
        NavigationTarget::Room { key } => {
            drop(asked::<GetRoom>(*key).await?);
            To::Thing(key.customer_id, Route::room(*key))
        }
    })
}

/// The answer; what cannot be read now for another reason is gone to all the same, and its pane says why.
async fn asked<C: Command>(args: C::Args) -> Result<Result<C::Answer, IpcError>, Dead> {
    match api::call::<C>(args).await {
        Err(error) if error.kind == IpcErrorKind::NotFound => Err(Dead::Unknown),
        answer => Ok(answer),
    }
}

/// Rooms are shown of the customer in the dropdown; the list of incidents may be one over all.
fn go(app: &App, navigator: &Navigator, customer: TenantId, route: Route) {
    let always = route.section() == Section::Rooms;
    app.prefer(move |preferences| {
        if always || !preferences.all_tickets {
            preferences.customer = Some(customer);
        }
    });
    navigator.push(&route);
}

#[cfg(test)]
mod tests {
    use tenantry_model::id::RoomId;
    use tenantry_model::ipc::{IncidentRef, RoomKey};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_link_to_a_thing_waits_until_it_can_be_known_and_no_other_does() {
        let customer_id = TenantId::from_uuid(Uuid::from_u128(1));
        let room = NavigationTarget::Room { key: RoomKey { customer_id, id: RoomId::from_uuid(Uuid::from_u128(2)) } };
        let incident = NavigationTarget::Incident { key: IncidentRef { customer_id, number: "AAAAA1-000001".parse().unwrap() } };
        let (nothing, first, all) = (Known { any: false, all: false }, Known { any: true, all: false }, Known { any: true, all: true });
        for link in [&room, &incident] {
            assert!(!nothing.suffices(link) && first.suffices(link) && all.suffices(link), "{link:?}");
        }
        for link in [NavigationTarget::Nowhere, NavigationTarget::Rooms { filter: None }, NavigationTarget::Incidents { filter: None }] {
            assert!(nothing.suffices(&link), "{link:?}");
        }
        assert!(first.may_still_come(&room, Dead::Unknown), "rooms come after the first answer");
        assert!(!all.may_still_come(&room, Dead::Unknown) && !first.may_still_come(&incident, Dead::Unknown));
        assert!(!first.may_still_come(&room, Dead::Malformed));
    }
}
