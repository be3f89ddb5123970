//! The form that the page may have open, and what each form is given.

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{IncidentDetail, IncidentRef};
use yew::prelude::*;

use super::close::Close;
use super::draft::IssueDraft;
use super::issue::{Change, Record};
use super::snooze::Snooze;
use crate::components::parked::Parked;
use crate::hooks::{FormTarget, OpenForm, UseForm};
use crate::i18n::{I18n, t};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// A new issue, which is this at first.
    Record(Box<IssueDraft>),
    Edit(Box<IncidentDetail>),
    Close(Box<IncidentDetail>),
    Snooze(Box<IncidentDetail>),
}

impl Form {
    /// The version that the form was opened with.
    pub(super) fn version(&self) -> u64 {
        match self {
            Self::Record(_) => 0,
            Self::Edit(was) | Self::Close(was) | Self::Snooze(was) => was.incident.row.version,
        }
    }

    /// Whether it stands before everything rather than beside the list.
    pub(super) const fn is_dialog(&self) -> bool {
        matches!(self, Self::Close(_) | Self::Snooze(_))
    }

    pub(super) fn title(&self, i18n: &I18n) -> String {
        match self {
            Self::Record(_) => t!(i18n, "record"),
            Self::Edit(was) => t!(i18n, "edit-issue", number = was.incident.row.number.to_string()),
            Self::Close(was) => t!(i18n, "close-parked", number = was.incident.row.number.to_string()),
            Self::Snooze(was) => t!(i18n, "snooze-parked", number = was.incident.row.number.to_string()),
        }
    }
}

/// How it went.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Went {
    pub(super) customer: TenantId,
    /// In words.
    pub(super) told: String,
    /// The incident that it made.
    pub(super) made: Option<IncidentRef>,
    /// Whether it waits on this device.
    pub(super) waits: bool,
}

/// What each form is given.
#[derive(Clone, PartialEq)]
pub(super) struct FormContext {
    pub(super) target: FormTarget,
    pub(super) on_done: Callback<Went>,
    pub(super) on_cancel: Callback<()>,
}

pub(super) fn form(i18n: &I18n, opened: &UseForm<Form>, on_done: Callback<(FormTarget, Went)>) -> Html {
    let Some(OpenForm { target, form }) = opened.get() else { return html! {} };
    let (target, name, on_discard) = (target.clone(), target.name.clone(), opened.on_close());
    let on_done = {
        let target = target.clone();
        on_done.reform(move |went: Went| (target.clone(), went))
    };
    let context = FormContext { target, on_done, on_cancel: on_discard.clone() };
    let content = match form {
        Form::Record(start) => html! { <Record {context} start={(**start).clone()} /> },
        Form::Edit(was) => html! { <Change {context} was={(**was).clone()} /> },
        // A question that stands before everything must not be asked out of sight.
        Form::Close(_) | Form::Snooze(_) if opened.is_parked() => html! {},
        Form::Close(was) => html! { <Close {context} was={(**was).clone()} /> },
        Form::Snooze(was) => html! { <Snooze {context} was={(**was).clone()} /> },
    };
    html! {
        <Parked parked={opened.is_parked()} title={form.title(i18n)} {name} on_return={opened.on_return()} {on_discard}>{content}</Parked>
    }
}
