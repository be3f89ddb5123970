//! The root: asks the engine where things stand, hears what changes, and chooses between sign-in and the shell.

use std::cell::RefCell;
use std::rc::Rc;

use tenantry_model::ipc::{
    BulkChanged, DataChanged, GetApp, Navigate, OutboxChanged, RelationsChanged, Session, SessionChanged, SetPreferences, SyncChanged,
};
use yew::prelude::*;

use crate::api;
use crate::components::empty::Failed;
use crate::components::focus::{use_dialog_tab, use_focus_keeper};
use crate::components::icon::mark;
use crate::context::{App, AppAction, AppModel};
use crate::hooks::{apply_language, apply_theme, apply_zoom, system_language, use_composition, use_event, use_zoom_keys};
use crate::i18n::{I18n, t};
use crate::pages::sign_in::SignIn;
use crate::shell::Places;

pub fn start() {
    yew::Renderer::<Root>::new().render();
}

/// Asks the engine for everything. An event that is heard meanwhile may be newer than the answer: then it asks again, lest the answer undo it.
fn load(dispatch: Callback<AppAction>, heard: Rc<RefCell<u64>>) {
    wasm_bindgen_futures::spawn_local(async move {
        loop {
            let before = *heard.borrow();
            let answer = api::call::<GetApp>(()).await;
            if before == *heard.borrow() {
                return dispatch.emit(AppAction::Loaded(answer.map(Box::new)));
            }
        }
    });
}

#[component]
fn Root() -> Html {
    use_composition();
    let model = use_reducer(|| match api::early::<GetApp>(&()) {
        Some(state) => AppModel::default().loaded(state),
        None => AppModel::default(),
    });
    let has_begun = use_mut_ref(|| model.session != Session::Opening);
    let heard = use_mut_ref(u64::default);
    let dispatch = {
        let (dispatcher, heard) = (model.dispatcher(), heard.clone());
        use_callback((), move |action, ()| {
            *heard.borrow_mut() +=
                u64::from(matches!(action, AppAction::Session(_) | AppAction::Sync(_) | AppAction::Choose(_) | AppAction::Remembered(_)));
            dispatcher.dispatch(action);
        })
    };
    let reload = {
        let dispatch = dispatch.clone();
        use_callback((), move |(), ()| load(dispatch.clone(), heard.clone()))
    };
    use_event::<SessionChanged>({
        let (dispatch, reload) = (dispatch.clone(), reload.clone());
        move |session| match session {
            // Preferences are kept per user: nothing shows before those of the one who signed in have come.
            Session::SignedIn { .. } => reload.emit(()),
            // Whether somebody's store was left closed is no part of the session.
            Session::SignedOut => {
                dispatch.emit(AppAction::Session(session));
                reload.emit(());
            }
            session => dispatch.emit(AppAction::Session(session)),
        }
    });
    use_event::<SyncChanged>({
        let dispatch = dispatch.clone();
        move |sync| dispatch.emit(AppAction::Sync(sync))
    });
    use_event::<DataChanged>({
        let dispatch = dispatch.clone();
        move |_| dispatch.emit(AppAction::Data)
    });
    use_event::<RelationsChanged>({
        let dispatch = dispatch.clone();
        move |()| dispatch.emit(AppAction::Relations)
    });
    use_event::<OutboxChanged>({
        let dispatch = dispatch.clone();
        move |()| dispatch.emit(AppAction::Outbox)
    });
    use_event::<BulkChanged>({
        let dispatch = dispatch.clone();
        move |()| dispatch.emit(AppAction::Bulk)
    });
    use_event::<Navigate>({
        let dispatch = dispatch.clone();
        move |target| dispatch.emit(AppAction::Link(Some(target)))
    });
    use_effect_with((), {
        let reload = reload.clone();
        move |()| {
            if !has_begun.take() {
                reload.emit(());
            }
        }
    });
    use_focus_keeper();
    use_dialog_tab();
    use_effect_with(model.choices, {
        let (preferences, dispatch) = (model.preferences.clone(), dispatch.clone());
        move |choices: &u32| {
            let choices = *choices;
            if choices == 0 {
                return;
            }
            wasm_bindgen_futures::spawn_local(async move {
                // A choice that could not be kept holds for this run; there is nothing the user could do about it.
                let _ = api::call::<SetPreferences>(preferences).await;
                dispatch.emit(AppAction::Remembered(choices));
            });
        }
    });

    let language = model.preferences.language.unwrap_or_else(system_language);
    let theme = model.preferences.theme;
    let i18n = use_memo(language, |language| I18n::new(*language));
    use_effect_with(language, |language| apply_language(*language));
    use_effect_with(theme, |theme| apply_theme(*theme));
    use_effect_with(model.preferences.zoom, |zoom| apply_zoom(*zoom));
    use_zoom_keys(dispatch.clone());

    let app = App { model: Rc::new((*model).clone()), dispatch, reload: reload.clone() };
    html! {
        <ContextProvider<I18n> context={(*i18n).clone()}>
            <ContextProvider<App> context={app}>
                if let Some(error) = &model.failed {
                    <main class="splash" tabindex="-1"><h1 class="spoken">{"Tenantry"}</h1><Failed error={error.clone()} on_retry={reload} /></main>
                } else {
                    {match &model.session {
                        Session::Opening => splash(&i18n),
                        Session::SignedOut | Session::SigningIn | Session::KeyUnavailable { .. } | Session::DiskUnavailable { .. } => {
                            html! { <SignIn /> }
                        }
                        // Another person's screens begin anew; the same person's stay, also while they sign in again.
                        Session::SignedIn { user, .. } => html! { <Places key={format!("{} {} {:?}", user.id.tenant_id, user.id.user_id, user.acting_as)} /> },
                    }}
                }
            </ContextProvider<App>>
        </ContextProvider<I18n>>
    }
}

fn splash(i18n: &I18n) -> Html {
    html! { <main class="splash">{mark()}<h1 class="splash__text">{t!(i18n, "opening")}</h1></main> }
}
