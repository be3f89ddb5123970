//! Beside the filters: saving them as a view, and what can be done with the view that they are.

use tenantry_model::api::saved_views::{LONGEST_VIEW_NAME, SaveView, SavedView, ViewPage};
use tenantry_model::filter::{Filter, Flag};
use tenantry_model::id::SavedViewId;
use tenantry_model::ipc::{DeleteView, EndOf, SaveFilter, SaveFilterArgs};
use yew::prelude::*;

use super::filters::{age_said, typed, work_label};
use super::view_form::ViewForm;
use super::view_model::View;
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, notice, why_not_now};
use crate::components::popover::Popover;
use crate::context::use_app;
use crate::hooks::{new_form, over_all, sets, use_question, use_saved_filters, use_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct ViewsProps {
    pub(super) view: UseReducerHandle<View>,
    /// The name of the customer whose list it is; none over all.
    pub(super) customer: Option<AttrValue>,
}

/// What a name is asked for.
#[derive(Debug, Clone, PartialEq)]
enum Asked {
    New(SavedViewId),
    Rename(SavedView),
}

#[component]
pub(super) fn Views(props: &ViewsProps) -> Html {
    let (i18n, app, saved, task) = (use_i18n(), use_app(), use_saved_filters(), use_task());
    let (asked, told, menu) = (use_state(|| None::<Asked>), use_state_eq(|| None::<String>), use_state_eq(|| false));
    let deleting = use_question::<SavedView>();
    // The view that was opened last, and perhaps changed since.
    let opened = use_state_eq(|| None::<SavedViewId>);
    let filter = over_all(&props.view.filter, props.customer.as_deref());
    let is_bare = props.view.filter == Filter::default();
    let shown = saved.showing(&filter, *opened).map(|saved| saved.view.clone());
    use_effect_with((shown.as_ref().map(|view| view.id), is_bare), {
        let opened = opened.setter();
        move |(shown, is_bare)| {
            if shown.is_some() || *is_bare {
                opened.set(*shown);
            }
        }
    });
    use_effect_with(filter.to_string(), {
        let told = told.setter();
        move |_| told.set(None)
    });
    let changed = saved.iter().map(|saved| &saved.view).find(|view| Some(view.id) == *opened && shown.is_none() && !is_bare).cloned();
    let blocked = why_not_now(&i18n, &app).map(AttrValue::from);
    let unsaved = blocked.clone().or_else(|| props.view.wrong().map(|_| AttrValue::from(t!(i18n, "view-not-understood"))));
    let save = {
        let (asked, told, i18n) = (asked.setter(), told.setter(), i18n.clone());
        task.sends::<SaveFilter>(move |view: SavedView| {
            asked.set(None);
            told.set(Some(t!(i18n, "view-saved", name = view.name)));
        })
    };
    let args = |view: &SavedView, name: String, filter: String, position: Option<usize>| SaveFilterArgs {
        id: view.id,
        version: Some(view.version),
        view: SaveView { name, page: view.page, filter, position: position.and_then(|at| u32::try_from(at).ok()) },
    };
    let ask = |about: Asked| {
        let (asked, task, menu) = (asked.setter(), task.clone(), menu.setter());
        Callback::from(move |_: MouseEvent| {
            task.reset();
            menu.set(false);
            asked.set(Some(about.clone()));
        })
    };
    let moved = |view: &SavedView, to: Option<usize>| {
        let (save, menu) = (save.clone(), menu.setter());
        let args = to.map(|to| args(view, view.name.clone(), view.filter.clone(), Some(to)));
        Callback::from(move |_: MouseEvent| {
            menu.set(false);
            args.iter().for_each(|args| save.emit(args.clone()));
        })
    };
    let on_delete = {
        let told = told.setter();
        let i18n = i18n.clone();
        deleting.sends::<DeleteView>(
            |view| EndOf { key: view.id, version: view.version },
            move |view, ()| told.set(Some(t!(i18n, "view-deleted", name = view.name))),
        )
    };
    let manage = shown.as_ref().map(|view| {
        let at = saved.iter().position(|saved| saved.view.id == view.id).unwrap_or_default();
        let (up, down) = (at.checked_sub(1), Some(at + 1).filter(|to| *to < saved.len()));
        let item = |testid: &'static str, icon, label: String, why: Option<AttrValue>, onclick| {
            html! { <Button class="menu-item" {testid} {why} {onclick}>{glyph(icon)}{label}</Button> }
        };
        let edge = |to: Option<usize>, why: String| blocked.clone().or_else(|| to.is_none().then(|| AttrValue::from(why)));
        let ask_delete = {
            let (view, menu, asks) = (view.clone(), menu.setter(), deleting.on_ask(|view: SavedView| view));
            Callback::from(move |_: MouseEvent| {
                menu.set(false);
                asks.emit(view.clone());
            })
        };
        html! {
            <Popover
                open={*menu} on_toggle={sets(&menu, |to: bool| to)} class="button button--small view-menu" panel_class="popover__panel--menu" testid="view-menu"
                title={view.name.clone()}
                button={html! { <><span class="clip">{t!(i18n, "view-menu", name = view.name.clone())}</span>{glyph(Icon::ChevronDown)}</> }}
            >
                {item("view-rename", Icon::Pen, t!(i18n, "view-rename"), blocked.clone(), ask(Asked::Rename(view.clone())))}
                {item("view-up", Icon::ArrowUp, t!(i18n, "view-up"), edge(up, t!(i18n, "view-first")), moved(view, up))}
                {item("view-down", Icon::ArrowDown, t!(i18n, "view-down"), edge(down, t!(i18n, "view-last")), moved(view, down))}
                {item("view-delete", Icon::Close, t!(i18n, "view-delete"), blocked.clone(), ask_delete)}
            </Popover>
        }
    });
    let update = changed.as_ref().map(|view| {
        let (save, args) = (save.clone(), args(view, view.name.clone(), filter.to_string(), None));
        let onclick = Callback::from(move |_: MouseEvent| save.emit(args.clone()));
        let label = t!(i18n, "view-update", name = view.name.clone());
        html! {
            <Button class="button button--small view-menu" testid="view-update" why={unsaved.clone()} busy={task.is_busy()} title={label.clone()} {onclick}><span class="clip">{label}</span></Button>
        }
    });
    let form = (*asked).clone().map(|about| {
        let others = |but: Option<SavedViewId>| {
            saved.iter().filter(|saved| Some(saved.view.id) != but).map(|saved| saved.view.name.clone()).collect::<Vec<_>>()
        };
        let (title, preset, taken, text) = match &about {
            Asked::New(_) => (t!(i18n, "view-save-title"), preset(&i18n, &filter), others(None), filter.to_string()),
            Asked::Rename(view) => {
                (t!(i18n, "view-rename-title", name = view.name.clone()), view.name.clone(), others(Some(view.id)), view.filter.clone())
            }
        };
        let on_submit = {
            let (save, text) = (save.clone(), text.clone());
            Callback::from(move |name: String| {
                save.emit(match &about {
                    Asked::New(id) => SaveFilterArgs {
                        id: *id,
                        version: None,
                        view: SaveView { name, page: ViewPage::Incidents, filter: text.clone(), position: None },
                    },
                    Asked::Rename(view) => args(view, name, view.filter.clone(), None),
                });
            })
        };
        html! {
            <ViewForm {title} {preset} {taken} filter={text} busy={task.is_busy()} error={task.error().cloned()} {on_submit} on_cancel={sets(&asked, |()| None)} />
        }
    });
    let is_new = shown.is_none() && !is_bare;
    let error = task.error().filter(|_| asked.is_none()).or(deleting.task.error());
    html! { <>
        if is_new {
            <Button class="button button--small" testid="view-save" why={unsaved.clone()} onclick={ask(Asked::New(SavedViewId::from_uuid(new_form().0)))}>{t!(i18n, "view-save")}</Button>
        }
        {update.unwrap_or_default()}
        {manage.unwrap_or_default()}
        if let Some(told) = &*told { {notice(Tone::Good, "view-told", html! { {told} })} }
        if let Some(error) = error { {failed(&i18n, error)} }
        {form.unwrap_or_default()}
        if let Some(view) = deleting.about() {
            <Confirm title={t!(i18n, "view-delete-title", name = view.name.clone())} action={t!(i18n, "view-delete-name", name = view.name.clone())} busy={deleting.task.is_busy()} on_confirm={on_delete} on_cancel={deleting.on_cancel()} testid="view-delete-confirm">
                <p>{t!(i18n, "view-delete-text")}</p>
            </Confirm>
        }
    </> }
}

/// The filter in words, as its name begins: no longer than a name may be.
fn preset(i18n: &I18n, filter: &Filter) -> String {
    let mut said: Vec<String> = typed(&filter.customers);
    said.extend(typed(&filter.rooms));
    said.extend(filter.severities.iter().map(|value| i18n.label(*value)));
    said.extend(filter.statuses.iter().map(|value| i18n.label(*value)));
    said.extend(filter.categories.iter().map(|value| i18n.label(*value)));
    said.extend(filter.types.iter().map(|value| i18n.label(*value)));
    said.extend(age_said(i18n, filter.age));
    said.extend(filter.flags.iter().map(|flag| match flag {
        Flag::Unread => t!(i18n, "filter-unread"),
        Flag::Resolved => t!(i18n, "tab-resolved"),
        flag => work_label(i18n, *flag),
    }));
    said.extend(filter.words.iter().cloned());
    let name = said.join(" · ");
    if name.chars().count() <= LONGEST_VIEW_NAME { name } else { name.chars().take(LONGEST_VIEW_NAME - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::Language;

    use super::*;

    #[test]
    fn a_name_begins_as_the_filter_in_words_no_longer_than_a_name_may_be() {
        let of = |language, text: &str| preset(&I18n::new(language), &text.parse().unwrap());
        assert_eq!(of(Language::English, "cust:=Contoso sev:critical is:unread hall"), "Contoso · Critical · Unread only · hall");
        assert_ne!(of(Language::German, "sev:critical is:mine"), of(Language::English, "sev:critical is:mine"));
        let long = of(Language::English, &format!("x {}", "y".repeat(200)));
        assert!(long.chars().count() == LONGEST_VIEW_NAME && long.ends_with('…'), "{long}");
    }
}
