//! The menu in a table's heading: which columns there are, and how wide each is.

use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::components::popover::Popover;
use crate::i18n::{t, use_i18n};

/// By how much a press makes a column wider or narrower, in rem.
const STEP: f64 = 1.0;

#[derive(Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) column: &'static str,
    pub(super) title: AttrValue,
    pub(super) may_hide: bool,
    pub(super) hidden: bool,
    /// How wide it is, in rem; none where it is not shown.
    pub(super) rem: Option<f64>,
}

#[derive(Properties, PartialEq)]
pub(super) struct ColumnsMenuProps {
    pub entries: Vec<Entry>,
    pub on_hide: Callback<(&'static str, bool)>,
    pub on_width: Callback<(&'static str, f64)>,
    pub on_reset: Callback<()>,
}

#[component]
pub(super) fn ColumnsMenu(props: &ColumnsMenuProps) -> Html {
    let i18n = use_i18n();
    let open = use_state_eq(|| false);
    let on_toggle = {
        let open = open.setter();
        Callback::from(move |to| open.set(to))
    };
    let width = |column: &'static str, rem: f64, icon: Icon, label: String, what: &str| {
        let onclick = props.on_width.reform(move |_: MouseEvent| (column, rem));
        html! {
            <button type="button" class="icon-button icon-button--small" aria-label={label.clone()} title={label} data-testid={format!("column-{what}-{column}")} {onclick}>
                {glyph(icon)}
            </button>
        }
    };
    html! {
        <Popover open={*open} {on_toggle} class="icon-button icon-button--small" panel_class="popover__panel--end popover__panel--columns"
            label={t!(i18n, "columns")} title={t!(i18n, "columns")} testid="columns" button={glyph(Icon::Columns)}>
            if *open { <>
            <ul class="columns" aria-label={t!(i18n, "columns")}>
                {for props.entries.iter().map(|entry| {
                    let onchange = {
                        let (on_hide, column, hidden) = (props.on_hide.clone(), entry.column, entry.hidden);
                        Callback::from(move |_: Event| on_hide.emit((column, !hidden)))
                    };
                    html! {
                        <li key={entry.column} class="columns__line">
                            if entry.may_hide {
                                <label class="tick columns__name">
                                    <input type="checkbox" checked={!entry.hidden} data-testid={format!("column-shown-{}", entry.column)} {onchange} />
                                    <span class="clip" title={entry.title.clone()}>{&entry.title}</span>
                                </label>
                            } else {
                                <span class="columns__name columns__name--stays clip" title={entry.title.clone()}>{&entry.title}</span>
                            }
                            if let Some(rem) = entry.rem {
                                {width(entry.column, rem - STEP, Icon::Minus, t!(i18n, "column-narrower", name = entry.title.to_string()), "narrower")}
                                {width(entry.column, rem + STEP, Icon::Plus, t!(i18n, "column-wider", name = entry.title.to_string()), "wider")}
                            }
                        </li>
                    }
                })}
            </ul>
            <button type="button" class="button button--small columns__reset" data-testid="columns-reset"
                onclick={props.on_reset.reform(|_: MouseEvent| ())}>{t!(i18n, "columns-reset")}</button>
            </> }
        </Popover>
    }
}
