//! The name of a saved view, asked for when it is saved and when it is renamed.

use tenantry_model::api::saved_views::LONGEST_VIEW_NAME;
use tenantry_model::ipc::IpcError;
use tenantry_model::name::is_name;
use tenantry_model::problem::FieldCode;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::dialog::Dialog;
use crate::components::form::TextField;
use crate::components::notice::failed;
use crate::hooks::sets;
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct ViewFormProps {
    pub(super) title: AttrValue,
    /// What the name begins as.
    pub(super) preset: AttrValue,
    /// The names of the others.
    pub(super) taken: Vec<String>,
    /// The filter, as it is saved.
    pub(super) filter: AttrValue,
    pub(super) busy: bool,
    pub(super) error: Option<IpcError>,
    pub(super) on_submit: Callback<String>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub(super) fn ViewForm(props: &ViewFormProps) -> Html {
    let i18n = use_i18n();
    let name = use_state(|| props.preset.to_string());
    // What is wrong is said once somebody wanted to save it.
    let tried = use_state_eq(|| false);
    let wrong = wrong(&i18n, &name, &props.taken);
    let onsubmit = {
        let (tried, name, is_wrong) = (tried.setter(), name.trim().to_owned(), wrong.is_some());
        let (on_submit, busy) = (props.on_submit.clone(), props.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if !is_wrong && !busy {
                on_submit.emit(name.clone());
            }
        })
    };
    let error = wrong.filter(|_| *tried).map(AttrValue::from);
    html! {
        <Dialog title={&props.title} on_cancel={props.on_cancel.clone()} wide=true>
            <form {onsubmit} novalidate=true>
                <TextField id="view-name" label={t!(i18n, "view-name")} value={(*name).clone()} on_input={sets(&name, |typed: String| typed)} hint={t!(i18n, "view-name-hint", filter = props.filter.to_string())} {error} required=true autofocus=true />
                if let Some(error) = &props.error { {not_saved(&i18n, error)} }
                <div class="dialog__buttons">
                    <button type="button" class="button" data-testid="view-cancel" onclick={props.on_cancel.reform(|_: MouseEvent| ())}>{t!(i18n, "cancel")}</button>
                    <Button class="button button--primary" testid="view-submit" submit=true busy={props.busy}>{t!(i18n, "view-submit")}</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// Why it was not saved; of a filter that the service does not understand, with the place that it names.
pub(super) fn not_saved(i18n: &I18n, error: &IpcError) -> Html {
    html! { <>
        {failed(i18n, error)}
        <>{for place_in(error).map(|place| html! { <p class="notice__detail selectable" lang="en" data-testid="view-place">{place}</p> })}</>
    </> }
}

fn place_in(error: &IpcError) -> impl Iterator<Item = &str> {
    error.fields.iter().filter(|field| field.code() == Some(FieldCode::FilterInvalid)).map(|field| field.detail.as_str())
}

fn wrong(i18n: &I18n, name: &str, taken: &[String]) -> Option<String> {
    let name = name.trim();
    if !is_name(name, LONGEST_VIEW_NAME) {
        return Some(t!(i18n, "view-name-invalid", most = LONGEST_VIEW_NAME));
    }
    let same = name.to_lowercase();
    taken.iter().any(|other| other.to_lowercase() == same).then(|| t!(i18n, "field-name-taken"))
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::{IpcErrorKind, Language};
    use tenantry_model::problem::FieldError;

    use super::*;

    #[test]
    fn of_a_filter_that_the_service_does_not_understand_the_place_is_shown() {
        let field = |code, detail: &str| FieldError::new(code, "#/filter", detail);
        let fields = vec![field(FieldCode::NameTaken, "x"), field(FieldCode::FilterInvalid, "at 17: no value")];
        let error = IpcError { fields, ..IpcError::new(IpcErrorKind::Invalid, "x", false) };
        assert_eq!(place_in(&error).collect::<Vec<_>>(), ["at 17: no value"]);
    }

    #[test]
    fn a_name_is_something_to_be_seen_that_no_other_view_has() {
        let i18n = I18n::new(Language::English);
        let taken = ["Unread".to_owned()];
        assert_eq!(wrong(&i18n, " Mine ", &taken), None);
        for name in ["", "  ", "\u{200b}", &"x".repeat(81), " unREAD "] {
            assert!(wrong(&i18n, name, &taken).is_some(), "{name:?}");
        }
    }
}
