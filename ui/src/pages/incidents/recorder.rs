//! The button that opens the form for a new issue: for the customer of the dropdown, or over all customers for one that is chosen there.

use std::rc::Rc;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::CustomerRow;
use tenantry_model::permission::Permission;
use yew::prelude::*;

use super::forms::Form;
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, no_right, notice};
use crate::components::popover::Popover;
use crate::domain_view::customer_picker::CustomerPicker;
use crate::hooks::sets;
use crate::i18n::{t, use_i18n};
use crate::remote::Remote;

#[derive(Properties, PartialEq)]
pub(super) struct RecorderProps {
    pub(super) customer: Rc<Remote<CustomerRow>>,
    /// Whether the list is over all customers: the dropdown says nothing then.
    pub(super) over_all: bool,
    /// Why no form can be opened: there is one.
    pub(super) form_open: Option<AttrValue>,
    pub(super) on_form: Callback<(TenantId, String, Form)>,
}

#[component]
pub(super) fn Recorder(props: &RecorderProps) -> Html {
    let i18n = use_i18n();
    let choosing = use_state(|| false);
    let refused = use_state(|| None::<String>);
    let blocked = props.form_open.clone();
    let label = html! { <>{glyph(Icon::Plus)}{t!(i18n, "record")}</> };
    if !props.over_all || blocked.is_some() {
        let row = props.customer.data();
        let why = blocked.or_else(|| no_right(&i18n, row, Permission::IncidentsCreate).map(AttrValue::from));
        let onclick = {
            let (on_form, row) = (props.on_form.clone(), row.map(|row| (row.id, row.display_name.clone())));
            Callback::from(move |_: MouseEvent| {
                if let Some((customer, name)) = row.clone() {
                    on_form.emit((customer, name, Form::Record(Box::default())));
                }
            })
        };
        let why = why.or_else(|| row.is_none().then(|| AttrValue::from(t!(i18n, "choose-customer"))));
        return html! { <Button class="button button--primary" testid="incident-record" letter="r" {why} {onclick}>{label}</Button> };
    }
    let on_pick = {
        let (choosing, refused, on_form, i18n) = (choosing.setter(), refused.setter(), props.on_form.clone(), i18n.clone());
        Callback::from(move |row: CustomerRow| {
            choosing.set(false);
            let why = no_right(&i18n, Some(&row), Permission::IncidentsCreate);
            if why.is_none() {
                on_form.emit((row.id, row.display_name, Form::Record(Box::default())));
            }
            refused.set(why);
        })
    };
    let on_toggle = {
        let (toggle, refused) = (sets(&choosing, |to| to), refused.setter());
        Callback::from(move |to: bool| {
            refused.set(None);
            toggle.emit(to);
        })
    };
    html! { <>
        if let Some(why) = (*refused).clone() { {notice(Tone::Bad, "record-refused", html! { {why} })} }
        <Popover open={*choosing} {on_toggle} class="button button--primary" panel_class="popover__panel--customers popover__panel--end" popup="listbox" testid="incident-record" letter="r" title={t!(i18n, "record-choose")} button={label}>
            <CustomerPicker id="record-customer" chosen={Vec::<TenantId>::new()} {on_pick} />
        </Popover>
    </> }
}
