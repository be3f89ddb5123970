use std::rc::Rc;

use tenantry_model::api::partners::{PartnerDetail, PartnerRow};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::GetPartners;
use yew::prelude::*;

use super::columns::columns;
use super::detail::Detail;
use super::invite::InviteForm;
use super::rights_edit::RightsEdit;
use super::rooms_edit::RoomsEdit;
use crate::components::button::Button;
use crate::components::confirm::Discard;
use crate::components::empty::Empty;
use crate::components::focus::focus_list;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, list_of, message, no_right, page_count};
use crate::components::notice::{Tone, cached, notice, why_not_now};
use crate::components::table::Table;
use crate::context::use_app;
use crate::hooks::{FormsOf, OpenForm, sets, use_command, use_form, use_now, use_page_title, use_place};
use crate::i18n::{t, use_i18n};
use crate::route::{PartnerTab, Route};
use crate::row_source::SharedRows;

/// A form that is open in the place of the pane. It keeps what it was opened for, whatever row is chosen meanwhile.
#[derive(Clone, PartialEq)]
pub(super) enum Form {
    Invite,
    Rooms(Rc<PartnerDetail>),
    Rights(Rc<PartnerDetail>),
}

impl Form {
    /// The version that the form was opened with.
    fn version(&self) -> u64 {
        match self {
            Self::Invite => 0,
            Self::Rooms(was) | Self::Rights(was) => was.version,
        }
    }
}

#[component]
pub fn Partners() -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let tenant = app.user().filter(|user| user.tenant.is_customer && app.is_administrator()).map(|user| user.tenant.clone());
    let partners = use_command::<GetPartners>(tenant.as_ref().map(|_| ()), app.model.relations);
    let opened = use_form::<Form>(place.here, FormsOf::Place);
    // Where one wanted to go while a form was open.
    let leaving = use_state(|| None::<Route>);
    let told = use_state(|| None::<String>);
    let taken = use_state(|| None::<TenantId>);
    let go = {
        let (place, told) = (place.clone(), told.setter());
        Callback::from(move |to: Route| {
            told.set(None);
            place.walk(to);
        })
    };
    let Some(tenant) = tenant else {
        return no_right(title, t!(i18n, "partners-no-right-title"), t!(i18n, "partners-no-right-text"));
    };
    let rows = Rc::new(partners.remote.data().map(|seen| seen.value.clone()).unwrap_or_default());
    let (chosen, tab) = match place.here {
        Route::Partner { partner, tab } => (Some(partner), tab),
        _ => (None, PartnerTab::Overview),
    };
    let on_open = {
        let (go, leaving, busy) = (go.clone(), leaving.setter(), opened.is_open());
        Callback::from(move |partner: Option<TenantId>| {
            let to = partner.map_or(Route::Partners, |partner| Route::Partner { partner, tab });
            if busy { leaving.set(Some(to)) } else { go.emit(to) }
        })
    };
    let on_form = {
        let (opened, told, tenant) = (opened.clone(), told.setter(), tenant.clone());
        Callback::from(move |next: Form| {
            told.set(None);
            opened.open(tenant.id, tenant.display_name.clone(), next.version(), next);
        })
    };
    let on_cancel = {
        let close = opened.on_close();
        Callback::from(move |()| {
            close.emit(());
            focus_list();
        })
    };
    let on_told = {
        let (told, retry) = (told.setter(), partners.retry.clone());
        Callback::from(move |text: String| {
            told.set(Some(text));
            retry.emit(());
            focus_list();
        })
    };
    let on_saved = {
        let (close, on_told) = (opened.on_close(), on_told.clone());
        Callback::from(move |text: String| {
            close.emit(());
            on_told.emit(text);
        })
    };
    let on_ended = {
        let (go, on_told, taken) = (go.clone(), on_told.clone(), taken.setter());
        Callback::from(move |text: String| {
            taken.set(chosen);
            go.emit(Route::Partners);
            on_told.emit(text);
        })
    };
    let blocked = why_not_now(&i18n, &app).or_else(|| opened.is_open().then(|| t!(i18n, "partners-form-open")));
    let invite = {
        let label = t!(i18n, "invite-open");
        let onclick = on_form.reform(|_: MouseEvent| Form::Invite);
        html! { <Button class="button button--primary" testid="invite-open" why={blocked.clone()} {onclick}>{glyph(Icon::Plus)}{label}</Button> }
    };
    let list = list_of(&partners.remote, &partners.retry, |_| {
        if rows.is_empty() {
            return message(
                html! { <Empty icon={Icon::Partners} title={t!(i18n, "partners-none-title")} text={t!(i18n, "partners-none-text")} testid="partners-none" /> },
            );
        }
        html! {
            <Table<PartnerRow> label={&title} class="table--partners" columns={columns()} rows={rows.clone() as SharedRows<_>} {now} open={chosen.filter(|id| rows.iter().any(|row| row.id == *id))} {on_open} taken={*taken} />
        }
    });
    let discard = {
        let (close, leaving, go) = (opened.on_close(), leaving.clone(), go.clone());
        Callback::from(move |()| {
            close.emit(());
            if let Some(to) = *leaving {
                go.emit(to);
            }
            leaving.set(None);
        })
    };
    let stay = sets(&leaving, move |()| None);
    let pane = match (opened.get(), chosen) {
        (Some(OpenForm { target, form }), _) => {
            let target = target.clone();
            match form {
                Form::Invite => html! { <InviteForm {target} on_done={on_saved} {on_cancel} /> },
                Form::Rooms(was) => html! { <RoomsEdit {target} was={was.clone()} on_done={on_saved} {on_cancel} /> },
                Form::Rights(was) => html! { <RightsEdit {target} was={was.clone()} on_done={on_saved} {on_cancel} /> },
            }
        }
        (None, Some(partner)) => {
            html! { <Detail key={partner.to_string()} owner={tenant.id} {partner} {tab} {now} {on_form} on_done={on_ended} on_close={go.reform(|()| Route::Partners)} /> }
        }
        (None, None) => html! {},
    };
    let head = html! { <>
        {cached(&i18n, &app, partners.remote.data())}
        {page_count(partners.remote.data().map(|_| rows.len()), |count| t!(i18n, "partners-count", count = count))}
        {invite}
    </> };
    let pane = (chosen.is_some() || opened.is_open()).then_some(pane);
    html! { <>
        <ListPage {title} {head} {pane}>
            if let Some(text) = &*told { <div class="page__notice">{notice(Tone::Good, "partners-told", html! { {text} })}</div> }
            {list}
        </ListPage>
        if leaving.is_some() {
            <Discard on_discard={discard} on_stay={stay} />
        }
    </> }
}
