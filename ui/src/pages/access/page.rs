use std::rc::Rc;

use tenantry_model::api::people::DirectoryEntry;
use tenantry_model::ipc::{AccessQuestion, CustomerRow, ExplainAccess};
use tenantry_model::permission::{Feature, Permission};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::chain::chain;
use crate::components::empty::Empty;
use crate::components::form::Field;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{Tone, standing, why_not_now};
use crate::context::use_app;
use crate::domain_view::pickers::{PeoplePicker, Picked, RoomPicker};
use crate::hooks::{sets, use_command, use_page_title, use_place};
use crate::i18n::{t, use_i18n};
use crate::remote::Remote;
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub struct AccessProps {
    pub customer: Rc<Remote<CustomerRow>>,
}

/// The page: who, what and where are chosen, and the chain shows as soon as all three are.
#[component]
pub fn Access(props: &AccessProps) -> Html {
    let (i18n, app, place) = (use_i18n(), use_app(), use_place());
    let title = use_page_title();
    let chosen = app.model.preferences.customer;
    let person = use_state(Vec::<DirectoryEntry>::new);
    let permission = use_state(|| Permission::TicketsView);
    let room = use_state(|| Rc::new(Picked::default()));
    // A room belongs to one customer.
    use_effect_with(chosen, {
        let room = room.setter();
        move |_| room.set(Rc::new(Picked::default()))
    });
    let question = match (chosen, person.first(), room.rooms.first()) {
        (Some(customer), Some(one), Some(room)) if !app.is_cut_off() => {
            Some(AccessQuestion { customer, user: one.principal.id, permission: *permission, room: *room })
        }
        _ => None,
    };
    let answer = use_command::<ExplainAccess>(question, app.model.relations);
    let name = props.customer.data().map(|row| row.display_name.clone()).unwrap_or_default();
    let on_person = sets(&person, move |people| people);
    let on_room = sets(&room, move |picked: Picked| Rc::new(picked));
    let on_permission = {
        let permission = permission.clone();
        Callback::from(move |event: Event| {
            if let Ok(chosen) = event.target_unchecked_into::<HtmlSelectElement>().value().parse::<Permission>() {
                permission.set(chosen);
            }
        })
    };
    let back = place.pushes::<MouseEvent>(Route::Roles);
    let found = if question.is_some() {
        text_of(&answer.remote, &answer.retry, 3, |answer| chain(&i18n, answer, &name))
    } else if why_not_now(&i18n, &app).is_some() {
        standing(Tone::Note, "access-offline", html! { {t!(i18n, "access-offline")} })
    } else {
        html! { <Empty icon={Icon::Question} title={t!(i18n, "access-ask-title")} text={t!(i18n, "access-ask-text", name = name.clone())} testid="access-ask" /> }
    };
    html! {
        <div class="page">
            <section class="page__list" aria-label={&title}>
                <div class="page__head">
                    <div class="page__titles">
                        <p class="pane__over clip" title={name.clone()}>{&name}</p>
                        <h1 class="page__title" tabindex="-1">{title}</h1>
                    </div>
                    <button type="button" class="button" data-testid="access-back" onclick={back}>{glyph(Icon::Roles)}{t!(i18n, "roles")}</button>
                </div>
                if let Some(owner) = chosen {
                    <div class="sheet sheet--halves">
                        <div class="sheet__column">
                            <PeoplePicker id="access-person" label={t!(i18n, "access-who")} hint={t!(i18n, "access-who-hint")} single=true autofocus=true chosen={(*person).clone()} on_change={on_person} />
                            <Field id="access-permission" label={t!(i18n, "access-what")}>
                                <select id="access-permission" class="field__input" data-testid="access-permission" onchange={on_permission}>
                                    {for Feature::ALL.iter().map(|feature| html! {
                                        <optgroup key={feature.as_str()} label={i18n.label(*feature)}>
                                            {for Permission::ALL.iter().filter(|one| one.feature() == *feature).map(|one| html! {
                                                <option key={one.as_str()} value={one.as_str()} selected={*permission == *one}>{i18n.label(*one)}</option>
                                            })}
                                        </optgroup>
                                    })}
                                </select>
                            </Field>
                            <div class="field">
                                <span class="field__label">{t!(i18n, "access-where")}</span>
                                <RoomPicker key={owner.to_string()} id="access-rooms" {owner} single=true picked={(*room).clone()} on_change={on_room} />
                            </div>
                        </div>
                        <div class="sheet__column">{found}</div>
                    </div>
                } else {
                    <div class="list-message"><Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "roles-choose-text")} testid="roles-choose" /></div>
                }
            </section>
        </div>
    }
}
