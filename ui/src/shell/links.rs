//! Links that were opened: follows them, and says where one leads nowhere. What may not be seen answers like what is not there.

use tenantry_model::api::IncidentTab;
use tenantry_model::ipc::{Command, GetIncident, GetRoom, IncidentRef, IpcError, IpcErrorKind, NavigationTarget, RoomKey};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::api;
use crate::components::dialog::Dialog;
use crate::context::{App, AppAction, use_app};
use crate::hooks::sets;
use crate::i18n::{t, use_i18n};
use crate::pages::incidents::{View, ViewAction};
use crate::route::Route;

/// Why a link was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dead {
    /// It is no address of a place.
    Malformed,
    /// Nothing is there that this user may see.
    Unknown,
}

/// Follows the link that was opened last, and gives what is to be said where it cannot be.
#[hook]
pub(super) fn use_link(incidents: &UseReducerHandle<View>, navigator: Option<&Navigator>) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let dead = use_state_eq(|| None::<Dead>);
    use_effect_with(app.model.link.clone(), {
        let (app, incidents, navigator, dead) = (app.clone(), incidents.dispatcher(), navigator.cloned(), dead.setter());
        move |link| {
            let (Some(link), Some(navigator)) = (link.clone(), navigator) else { return };
            app.dispatch.emit(AppAction::Link(None));
            dead.set(None);
            match link {
                NavigationTarget::Nowhere => dead.set(Some(Dead::Malformed)),
                NavigationTarget::Rooms => navigator.push(&Route::Rooms),
                NavigationTarget::Incidents { filter } => {
                    if let Some(filter) = filter {
                        incidents.dispatch(ViewAction::Text(filter));
                    }
                    navigator.push(&Route::START);
                }
                NavigationTarget::Incident { key } => wasm_bindgen_futures::spawn_local(async move {
                    match to_incident(key).await {
                        Ok(route) => go(&app, &navigator, key.customer_id, route, false),
                        Err(why) => dead.set(Some(why)),
                    }
                }),
                NavigationTarget::Room { key } => wasm_bindgen_futures::spawn_local(async move {
                    match to_room(key).await {
                        Ok(route) => go(&app, &navigator, key.customer_id, route, true),
                        Err(why) => dead.set(Some(why)),
                    }
                }),
            }
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

async fn to_incident(key: IncidentRef) -> Result<Route, Dead> {
    let found = asked::<GetIncident>(key).await?;
    let is_over = found.is_ok_and(|found| !found.incident.row.status.is_active());
    Ok(Route::incident(if is_over { IncidentTab::Resolved } else { IncidentTab::Active }, key))
}

async fn to_room(key: RoomKey) -> Result<Route, Dead> {
    drop(asked::<GetRoom>(key).await?);
    Ok(Route::room(key))
}

/// The answer; what cannot be read now for another reason is gone to all the same, and its pane says why.
async fn asked<C: Command>(args: C::Args) -> Result<Result<C::Answer, IpcError>, Dead> {
    match api::call::<C>(args).await {
        Err(error) if error.kind == IpcErrorKind::NotFound => Err(Dead::Unknown),
        answer => Ok(answer),
    }
}

/// Rooms are shown of the customer in the dropdown; the list of incidents may be one over all.
fn go(app: &App, navigator: &Navigator, customer: tenantry_model::id::TenantId, route: Route, always: bool) {
    app.prefer(move |preferences| {
        if always || !preferences.all_tickets {
            preferences.customer = Some(customer);
        }
    });
    navigator.push(&route);
}
