//! Who is signed in, and what they chose for themselves.

use tenantry_model::ipc::{GetUnfinishedBulk, SignOut};
use tenantry_model::tenancy::ActingAs;
use yew::prelude::*;

use super::act_as::{ActAsQuestion, offer, other, said};
use super::preferences::{language_select, theme_select, zoom_control};
use crate::api;
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, standing};
use crate::components::popover::Popover;
use crate::context::use_app;
use crate::hooks::{sets, use_command, use_outbox, use_waiting_files};
use crate::i18n::{t, use_i18n};

/// The first letters of a name's first and last words; the style sheet makes capitals of them.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| !c.is_ascii_punctuation()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect()
}

#[component]
pub(super) fn UserMenu() -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let open = use_state(|| false);
    let asking = use_state(|| false);
    let acting = use_state(|| false);
    let typed = use_outbox().len() + use_waiting_files().len();
    let unfinished = use_command::<GetUnfinishedBulk>((*asking).then_some(()), app.model.bulk).remote;
    let not_begun = unfinished.data().into_iter().flatten().map(|run| run.not_begun as usize);
    let unsent = typed + not_begun.sum::<usize>();
    let Some(user) = app.user() else { return html! {} };
    let on_toggle = sets(&open, move |to| to);
    let ask = {
        let (open, asking) = (open.clone(), asking.clone());
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            asking.set(true);
        })
    };
    let keep = sets(&asking, move |()| false);
    let on_stay = sets(&acting, move |()| false);
    let act_as = user.acting_as.map(|acting_as| {
        let (open, acting) = (open.clone(), acting.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            open.set(false);
            acting.set(true);
        });
        html! {
            <div class="menu-group">
                <button type="button" class="menu-item" data-testid="act-as-other" {onclick}>{glyph(if acting_as == ActingAs::Partner { Icon::Rooms } else { Icon::Tenants })}{offer(&i18n, other(acting_as))}</button>
            </div>
        }
    });
    let sign_out = {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| {
            asking.set(false);
            wasm_bindgen_futures::spawn_local(async {
                // The session's event takes the screen away; where signing out fails, it stays.
                let _ = api::call::<SignOut>(()).await;
            });
        })
    };
    html! {
        <>
            <Popover
                open={*open}
                {on_toggle}
                class="avatar"
                panel_class="popover__panel--end popover__panel--user"
                testid="user-menu"
                label={t!(i18n, "user-menu", name = user.display_name.clone())}
                title={user.display_name.clone()}
                button={html! { <span class="avatar__letters" aria-hidden="true" data-letters={initials(&user.display_name)} /> }}
            >
                <div class="who">
                    <p class="who__name clip" title={user.display_name.clone()}>{&user.display_name}</p>
                    <p class="who__tenant clip" title={user.tenant.display_name.clone()}>{&user.tenant.display_name}</p>
                    if let Some(acting_as) = user.acting_as { <p class="who__tenant" data-testid="acting-as">{said(&i18n, acting_as)}</p> }
                    <>{for user.portal_roles.iter().map(|role| html! { <span key={role.as_str()} class="tag">{i18n.label(*role)}</span> })}</>
                </div>
                <div class="menu-group">{language_select(&i18n, &app)}{theme_select(&i18n, &app)}{zoom_control(&i18n, &app)}</div>
                {act_as.unwrap_or_default()}
                <div class="menu-group">
                    <button type="button" class="menu-item" data-testid="sign-out" onclick={ask}>{glyph(Icon::SignOut)}{t!(i18n, "sign-out")}</button>
                </div>
                <p class="who__version">
                    {t!(i18n, "app-version", version = app.model.version.clone())}
                    if let Some(service) = &app.model.service { <span class="clip" title={service.address.clone()}>{&service.address}</span> }
                </p>
            </Popover>
            if let Some(acting_as) = user.acting_as.filter(|_| *acting) { <ActAsQuestion to={other(acting_as)} on_cancel={on_stay} /> }
            if *asking {
                <Dialog title={t!(i18n, "sign-out-title")} on_cancel={keep.clone()}>
                    <div class="dialog__text">
                        <p>{t!(i18n, "sign-out-text")}</p>
                        if unsent > 0 { {standing(Tone::Care, "sign-out-unsent", html! { {t!(i18n, "sign-out-unsent", count = unsent)} })} }
                    </div>
                    <div class="dialog__buttons">
                        <button type="button" class="button" onclick={move |_| keep.emit(())}>{t!(i18n, "cancel")}</button>
                        <button type="button" class="button button--primary" data-testid="sign-out-confirm" onclick={sign_out}>{t!(i18n, "sign-out")}</button>
                    </div>
                </Dialog>
            }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_last_words() {
        assert_eq!(initials("Änne van der (Berg)"), "ÄB");
        assert_eq!(initials("Prince"), "P");
        assert_eq!(initials("  "), "");
    }
}
