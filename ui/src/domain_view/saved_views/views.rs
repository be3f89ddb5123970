//! Beside the filters: saving them as a view, and what can be done with the view that they are.

use tenantry_model::api::saved_views::{LONGEST_VIEW_NAME, SaveView, SavedView, ViewPage};
use tenantry_model::filter::{Filter, LONGEST_FILTER};
use tenantry_model::id::SavedViewId;
use tenantry_model::ipc::{DeleteView, EndOf, SaveFilter, SaveFilterArgs};
use yew::prelude::*;

use super::form::{ViewForm, not_saved};
use super::opened::{Opened, compare_view};
use crate::components::button::Button;
use crate::components::confirm::{Confirm, Stale};
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, notice, why_not_now};
use crate::components::popover::Popover;
use crate::context::use_app;
use crate::hooks::{SavedFilter, Whose, new_form, sets, use_question, use_saved_filters, use_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub struct ViewsProps {
    pub page: ViewPage,
    /// What the list shows, as a view says it.
    pub filter: Filter,
    /// Whether nothing narrows the list.
    pub is_bare: bool,
    /// Whether all of the text is understood.
    pub understood: bool,
    pub whose: Whose,
    /// What the name of a new one begins as.
    pub preset: AttrValue,
    /// Shows the list with another filter.
    pub on_text: Callback<String>,
}

/// What a name is asked for.
#[derive(Debug, Clone, PartialEq)]
enum Asked {
    New(SavedViewId),
    Rename(SavedView),
}

/// What was done to a view, as it is told.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Did {
    Saved,
    Renamed,
    Moved,
}

/// A view that was to be replaced as it was opened.
#[derive(Debug, Clone, PartialEq)]
struct Replacing {
    was: SavedView,
    filter: String,
}

#[component]
pub fn Views(props: &ViewsProps) -> Html {
    let (i18n, app, saved, task) = (use_i18n(), use_app(), use_saved_filters(), use_task());
    let (asked, told, menu) = (use_state(|| None::<Asked>), use_state_eq(|| None::<String>), use_state_eq(|| false));
    let deleting = use_question::<SavedView>();
    // The view that was opened last, and perhaps changed since.
    let opened = use_state_eq(|| None::<Opened>);
    let replacing = use_state_eq(|| None::<Replacing>);
    let ViewsProps { page, filter, is_bare, understood, whose, .. } = props;
    let (page, is_bare, understood) = (*page, *is_bare, *understood);
    let last = opened.as_ref().filter(|opened| opened.whose == *whose);
    let shown = saved.showing(page, filter, last.map(|opened| opened.view.id)).filter(|_| understood).map(|saved| saved.view.clone());
    use_effect_with((shown.clone(), is_bare, whose.clone()), {
        let opened = opened.clone();
        move |(shown, is_bare, whose)| {
            if shown.is_some() || *is_bare {
                opened.set(shown.as_ref().map(|view| Opened::shown(opened.as_ref(), whose, view)));
            }
        }
    });
    use_effect_with(filter.to_string(), {
        let (told, replacing, task) = (told.setter(), replacing.setter(), task.clone());
        move |_| {
            told.set(None);
            replacing.set(None);
            task.reset();
        }
    });
    let changed = last.filter(|last| shown.is_none() && !is_bare && last.is_changed(whose, filter)).map(|last| last.view.clone());
    let changed = changed.filter(|view| saved.iter().any(|saved| saved.view.id == view.id));
    let blocked = why_not_now(&i18n, &app).map(AttrValue::from);
    let not_a_view = if !understood {
        Some(t!(i18n, "view-not-understood"))
    } else if filter.to_string().chars().count() > LONGEST_FILTER {
        Some(t!(i18n, "view-too-long", most = LONGEST_FILTER))
    } else {
        None
    };
    let unsaved = blocked.clone().or_else(|| not_a_view.map(AttrValue::from));
    let save = |did: Did| {
        let (asked, told, opened, replacing, i18n, whose) =
            (asked.setter(), told.setter(), opened.setter(), replacing.setter(), i18n.clone(), whose.clone());
        task.sends::<SaveFilter>(move |view: SavedView| {
            asked.set(None);
            replacing.set(None);
            told.set(Some(match did {
                Did::Saved => {
                    let page = match view.page {
                        ViewPage::Incidents => t!(i18n, "incidents"),
                        ViewPage::Rooms => t!(i18n, "rooms"),
                    };
                    t!(i18n, "view-saved", name = view.name.clone(), page = page)
                }
                Did::Renamed => t!(i18n, "view-renamed", name = view.name.clone()),
                Did::Moved => t!(i18n, "view-moved", name = view.name.clone()),
            }));
            opened.set(Some(Opened { whose: whose.clone(), view }));
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
        let (save, menu) = (save(Did::Moved), menu.setter());
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
        let (up, down) = neighbours(&saved, view);
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
                button={html! { <><span class="clip" title={view.name.clone()}>{t!(i18n, "view-menu", name = view.name.clone())}</span>{glyph(Icon::ChevronDown)}</> }}
            >
                {item("view-rename", Icon::Pen, t!(i18n, "view-rename"), blocked.clone(), ask(Asked::Rename(view.clone())))}
                {item("view-up", Icon::ArrowUp, t!(i18n, "view-up"), edge(up, t!(i18n, "view-first")), moved(view, up))}
                {item("view-down", Icon::ArrowDown, t!(i18n, "view-down"), edge(down, t!(i18n, "view-last")), moved(view, down))}
                {item("view-delete", Icon::Close, t!(i18n, "view-delete"), blocked.clone(), ask_delete)}
            </Popover>
        }
    });
    let update = changed.as_ref().map(|view| {
        let (save, replacing, filter) = (save(Did::Saved), replacing.setter(), filter.to_string());
        let args = args(view, view.name.clone(), filter.clone(), None);
        let was = view.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            replacing.set(Some(Replacing { was: was.clone(), filter: filter.clone() }));
            save.emit(args.clone());
        });
        let label = t!(i18n, "view-update", name = view.name.clone());
        html! {
            <Button class="button button--small view-menu" testid="view-update" why={unsaved.clone()} busy={task.is_busy()} title={label.clone()} {onclick}><span class="clip">{label}</span></Button>
        }
    });
    let stale = replacing.as_ref().filter(|_| task.is_stale()).map(|Replacing { was, filter }| {
        let now = saved.iter().map(|saved| &saved.view).find(|view| view.id == was.id && view.version != was.version).cloned();
        let lines = now.as_ref().map(|now| compare_view(&i18n, was, now, filter));
        let on_mine = {
            let (save, args) = (save(Did::Saved), now.as_ref().map(|now| args(now, now.name.clone(), filter.clone(), None)));
            Callback::from(move |()| args.iter().for_each(|args| save.emit(args.clone())))
        };
        let close = {
            let (task, replacing) = (task.clone(), replacing.setter());
            Callback::from(move |()| {
                task.reset();
                replacing.set(None);
            })
        };
        let on_theirs = {
            let (close, on_text) = (close.clone(), props.on_text.clone());
            Callback::from(move |()| {
                close.emit(());
                if let Some(now) = &now {
                    on_text.emit(now.filter.clone());
                }
            })
        };
        html! { <Stale name={was.name.clone()} {lines} {on_theirs} {on_mine} on_cancel={close} /> }
    });
    let form = (*asked).clone().map(|about| {
        // One that was saved though its answer was lost has its name by right.
        let (Asked::New(id) | Asked::Rename(SavedView { id, .. })) = about;
        let taken: Vec<String> = saved.iter().filter(|saved| saved.view.id != id).map(|saved| saved.view.name.clone()).collect();
        let present = saved.iter().map(|saved| &saved.view).find(|view| view.id == id).cloned();
        let is_new = matches!(about, Asked::New(_));
        let (title, preset, text) = match &about {
            Asked::New(_) => (t!(i18n, "view-save-title"), props.preset.to_string(), filter.to_string()),
            Asked::Rename(was) => {
                let view = present.as_ref().unwrap_or(was);
                (t!(i18n, "view-rename-title", name = view.name.clone()), was.name.clone(), view.filter.clone())
            }
        };
        let on_submit = {
            let (save, text, version) =
                (save(if is_new { Did::Saved } else { Did::Renamed }), text.clone(), present.as_ref().map(|view| view.version));
            let version = version.or(match &about {
                Asked::New(_) => None,
                Asked::Rename(was) => Some(was.version),
            });
            Callback::from(move |name: String| {
                let view = SaveView { name, page, filter: text.clone(), position: None };
                save.emit(SaveFilterArgs { id, version, view });
            })
        };
        let on_cancel = {
            let (asked, task) = (asked.setter(), task.clone());
            Callback::from(move |()| {
                task.reset();
                asked.set(None);
            })
        };
        html! {
            <ViewForm {title} {preset} {taken} filter={text} busy={task.is_busy()} error={task.error().cloned()} {on_submit} {on_cancel} />
        }
    });
    let is_new = shown.is_none() && !is_bare;
    let error = task.error().filter(|_| asked.is_none() && stale.is_none()).or(deleting.task.error());
    html! { <>
        if is_new {
            <Button class="button button--small" testid="view-save" why={unsaved.clone()} onclick={ask(Asked::New(SavedViewId::from_uuid(new_form().0)))}>{t!(i18n, "view-save")}</Button>
        }
        {update.unwrap_or_default()}
        {manage.unwrap_or_default()}
        if let Some(told) = &*told { {notice(Tone::Good, "view-told", html! { {told} })} }
        if let Some(error) = error { {not_saved(&i18n, error)} }
        {form.unwrap_or_default()}
        {stale.unwrap_or_default()}
        if let Some(view) = deleting.about() {
            <Confirm title={t!(i18n, "view-delete-title", name = view.name.clone())} action={t!(i18n, "view-delete-name", name = view.name.clone())} busy={deleting.task.is_busy()} on_confirm={on_delete} on_cancel={deleting.on_cancel()} testid="view-delete-confirm">
                <p>{t!(i18n, "view-delete-text")}</p>
            </Confirm>
        }
    </> }
}

/// Where a view goes by one step up or down among those of its page: the places of its neighbours among all.
fn neighbours(saved: &[SavedFilter], view: &SavedView) -> (Option<usize>, Option<usize>) {
    let here: Vec<usize> = (0..saved.len()).filter(|at| saved[*at].view.page == view.page).collect();
    let Some(at) = here.iter().position(|at| saved[*at].view.id == view.id) else { return (None, None) };
    (at.checked_sub(1).and_then(|before| here.get(before).copied()), here.get(at + 1).copied())
}

/// The name that a filter begins with, of what it says: no longer than a name may be.
pub fn preset(said: &[String]) -> String {
    let name = said.join(" · ");
    if name.chars().count() <= LONGEST_VIEW_NAME { name } else { name.chars().take(LONGEST_VIEW_NAME - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_name_begins_as_the_filter_in_words_no_longer_than_a_name_may_be() {
        assert_eq!(preset(&["Contoso".into(), "Critical".into()]), "Contoso · Critical");
        let long = preset(&["x".into(), "y".repeat(200)]);
        assert!(long.chars().count() == LONGEST_VIEW_NAME && long.ends_with('…'), "{long}");
    }

    #[test]
    fn a_view_is_moved_among_those_of_its_page() {
        let saved = |n: u128, page| {
            let id = SavedViewId::from_uuid(Uuid::from_u128(n));
            let view = SavedView { id, name: format!("View {n}"), page, filter: String::new(), version: 1 };
            SavedFilter { view, spelled: None, count: None }
        };
        let pages = [ViewPage::Rooms, ViewPage::Incidents, ViewPage::Rooms, ViewPage::Incidents];
        let all: Vec<SavedFilter> = (0..).zip(pages).map(|(n, page)| saved(n, page)).collect();
        let around = |at: usize| neighbours(&all, &all[at].view);
        assert_eq!([around(0), around(1), around(2), around(3)], [(None, Some(2)), (None, Some(3)), (Some(0), None), (Some(1), None)]);
    }
}
