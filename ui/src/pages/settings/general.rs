//! Name, domains and region of the customer, whom it wants notified, and of what (A29).

use tenantry_model::api::settings::{Contact, CustomerSettings, MOST_CONTACTS, MailLanguage};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::GetSettings;
use yew::prelude::*;

use super::contact::{ContactForm, change_on_top, edit_contact};
use super::page::refused;
use super::view_model::{ContactEdit, MailEdit};
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::form::{Check, CheckList};
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{Tone, cached, failed, notice, why_not_now};
use crate::components::pane::fact;
use crate::components::segments::{Segment, segments};
use crate::context::use_app;
use crate::domain_view::own_domains::OwnDomains;
use crate::hooks::{use_command, use_question, use_task};
use crate::i18n::{I18n, Names, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct GeneralProps {
    pub(super) customer: TenantId,
    pub(super) name: AttrValue,
}

#[component]
pub(super) fn General(props: &GeneralProps) -> Html {
    let (i18n, app, customer) = (use_i18n(), use_app(), props.customer);
    let settings = use_command::<GetSettings>(Some(customer), app.model.relations);
    let (editing, told) = (use_state(|| None::<Option<Contact>>), use_state(|| None::<String>));
    let (changing, removing) = (use_task(), use_question::<Contact>());
    let on_told = {
        let (told, editing, retry) = (told.setter(), editing.setter(), settings.retry.clone());
        Callback::from(move |text: String| {
            editing.set(None);
            told.set(Some(text));
            retry.emit(());
        })
    };
    let known = settings.remote.data().map(|seen| &seen.value);
    let why = why_not_now(&i18n, &app)
        .or_else(|| known.filter(|known| !known.may_modify).map(|_| t!(i18n, "settings-read-only", name = props.name.to_string())))
        .map(AttrValue::from);
    let on_mail = {
        let (task, on_told, said) = (changing.clone(), on_told.clone(), t!(i18n, "settings-saved"));
        Callback::from(move |edit: MailEdit| {
            if task.is_busy() {
                return;
            }
            let (on_told, said) = (on_told.clone(), said.clone());
            task.run(async move {
                change_on_top(customer, |now| edit.on(now.mail)).await?;
                on_told.emit(said);
                Ok(())
            });
        })
    };
    let on_remove = {
        let (on_told, i18n) = (on_told.clone(), i18n.clone());
        removing.on_confirm(move |contact: Contact| {
            let (on_told, said) = (on_told.clone(), t!(i18n, "contact-removed", who = full_name(&contact)));
            async move {
                edit_contact(customer, ContactEdit::Remove(contact)).await?;
                on_told.emit(said);
                Ok(())
            }
        })
    };
    let edit = {
        let (editing, told) = (editing.setter(), told.setter());
        Callback::from(move |contact: Option<Contact>| {
            told.set(None);
            editing.set(Some(contact));
        })
    };
    let ask = removing.on_ask(|contact: Contact| contact);
    let content = match refused(&i18n, &settings.remote, &props.name) {
        Some(refused) => refused,
        None => text_of(&settings.remote, &settings.retry, 6, |seen| {
            let full =
                (seen.value.contacts.len() >= MOST_CONTACTS).then(|| AttrValue::from(t!(i18n, "contacts-full", most = MOST_CONTACTS)));
            html! { <>
                {facts(&i18n, &seen.value)}
                <h2 class="sheet__heading">{t!(i18n, "contacts")}</h2>
                <p class="sheet__text">{t!(i18n, "contacts-text")}</p>
                if seen.value.contacts.is_empty() { <p class="dim" data-testid="contacts-none">{t!(i18n, "contacts-none")}</p> }
                <ul class="persons persons--cards">{for seen.value.contacts.iter().map(|one| contact(&i18n, one, why.as_ref(), &edit, &ask))}</ul>
                <div class="sheet__actions">
                    <Button testid="contact-new" why={why.clone().or(full)} onclick={edit.reform(|_: MouseEvent| None)}>{glyph(Icon::Plus)}{t!(i18n, "contact-new")}</Button>
                </div>
                <h2 class="sheet__heading">{t!(i18n, "contact-mail")}</h2>
                {mail(&i18n, &seen.value, why.as_ref(), &on_mail)}
            </> }
        }),
    };
    html! { <>
        {cached(&i18n, &app, settings.remote.data())}
        <OwnDomains />
        if let Some(text) = &*told { {notice(Tone::Good, "settings-told", html! { {text} })} }
        if let Some(error) = changing.error().or(removing.task.error()) { {failed(&i18n, error)} }
        {content}
        if let Some(was) = &*editing {
            <ContactForm {customer} customer_name={&props.name} was={was.clone()} on_done={on_told.clone()} on_cancel={{ let editing = editing.setter(); Callback::from(move |()| editing.set(None)) }} />
        }
        if let Some(contact) = removing.about() {
            <Confirm title={t!(i18n, "contact-remove-title", who = full_name(contact), name = props.name.to_string())} action={t!(i18n, "contact-remove", who = full_name(contact))} busy={removing.task.is_busy()} on_confirm={on_remove} on_cancel={removing.on_cancel()} testid="contact-remove-confirm">
                <p>{t!(i18n, "contact-remove-text")}</p>
            </Confirm>
        }
    </> }
}

fn full_name(contact: &Contact) -> String {
    format!("{} {}", contact.first_name, contact.last_name)
}

fn facts(i18n: &I18n, settings: &CustomerSettings) -> Html {
    let domains = settings.domains.iter().map(|domain| domain.as_str()).collect::<Names>().text();
    html! {
        <dl class="facts" data-testid="settings-facts">
            {fact(t!(i18n, "column-name"), html! { <span class="selectable">{&settings.display_name}</span> })}
            {fact(t!(i18n, "domains"), html! { <span class="selectable">{if domains.is_empty() { "–".to_owned() } else { domains }}</span> })}
            {fact(t!(i18n, "region"), html! { {settings.region.map_or_else(|| t!(i18n, "region-unknown"), |region| i18n.label(region))} })}
        </dl>
    }
}

fn contact(i18n: &I18n, contact: &Contact, why: Option<&AttrValue>, edit: &Callback<Option<Contact>>, ask: &Callback<Contact>) -> Html {
    let name = full_name(contact);
    let (editing, removing) = (contact.clone(), contact.clone());
    html! {
        <li key={contact.email.clone()} class="persons__row" data-testid="contact">
            <span class="person__text">
                <span class="clip" title={name.clone()}>{&name}</span>
                <span class="person__more clip" title={contact.email.clone()}>{&contact.email}</span>
            </span>
            <Button class="button button--small" testid="contact-edit" why={why.cloned()} onclick={edit.reform(move |_: MouseEvent| Some(editing.clone()))}>{t!(i18n, "edit")}<span class="spoken">{" "}{&name}</span></Button>
            <Button class="button button--small" testid="contact-remove" why={why.cloned()} onclick={ask.reform(move |_: MouseEvent| removing.clone())}>{t!(i18n, "contact-remove-short")}<span class="spoken">{" "}{&name}</span></Button>
        </li>
    }
}

fn mail(i18n: &I18n, settings: &CustomerSettings, why: Option<&AttrValue>, on_change: &Callback<MailEdit>) -> Html {
    let now = settings.mail;
    let item = |testid: &'static str, label: String, checked: bool| Check {
        testid: testid.into(),
        label: label.into(),
        hint: None,
        checked,
        disabled: why.cloned(),
    };
    let items = vec![
        item("mail-acceptance", t!(i18n, "mail-acceptance"), now.acceptance),
        item("mail-roles", t!(i18n, "mail-roles"), now.roles),
        item("mail-removal", t!(i18n, "mail-removal"), now.removal),
    ];
    let on_toggle = on_change.reform(|(at, on): (usize, bool)| match at {
        0 => MailEdit::Acceptance(on),
        1 => MailEdit::Roles(on),
        _ => MailEdit::Removal(on),
    });
    let languages = MailLanguage::ALL.iter().map(|choice| Segment {
        label: i18n.label(*choice),
        testid: format!("mail-language-{}", choice.as_str()),
        on: *choice == settings.mail_language,
    });
    let choose =
        on_change.reform(|place: usize| MailEdit::Language(MailLanguage::ALL.get(place).copied().unwrap_or(MailLanguage::English)));
    html! { <>
        <CheckList legend={t!(i18n, "contact-mail-text")} {items} {on_toggle} />
        <div class="field">
            <span class="field__label">{t!(i18n, "mail-language")}</span>
            if let Some(why) = why {
                <span data-testid="mail-language">{i18n.label(settings.mail_language)}</span>
                <span class="field__hint">{why}</span>
            } else {
                {segments(t!(i18n, "mail-language"), languages.collect(), &choose)}
            }
        </div>
    </> }
}
