//! The pane beside a list: a heading, a button that closes it, and facts.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::icon::{Icon, glyph};
use crate::components::focus::focus_list;
use crate::i18n::{t, use_i18n};
use crate::route::Section;

/// By which what is open beside a list tells its heading: the window is called after it.
#[derive(Clone, PartialEq)]
pub struct TellTitle {
    pub section: Section,
    pub tell: Callback<(Section, AttrValue)>,
}

#[hook]
pub fn use_told_title(title: &AttrValue) {
    let told = use_context::<TellTitle>();
    use_effect_with((told, title.clone()), |(told, title)| {
        let tell = told.clone().map(|TellTitle { section, tell }| move |title: AttrValue| tell.emit((section, title)));
        if let Some(tell) = &tell {
            tell(title.clone());
        }
        move || {
            if let Some(tell) = tell {
                tell(AttrValue::default());
            }
        }
    });
}

#[derive(Properties, PartialEq)]
pub struct PaneProps {
    pub title: AttrValue,
    #[prop_or_default]
    pub over: AttrValue,
    /// How old it is, beside what stands over the title: it comes and goes, and nothing below moves.
    #[prop_or_default]
    pub age: Html,
    /// Buttons beside the one that closes it.
    #[prop_or_default]
    pub tools: Html,
    #[prop_or_default]
    pub under: Html,
    pub testid: AttrValue,
    pub on_close: Callback<()>,
    pub children: Html,
}

/// See the module. Esc closes it, and the focus goes back to the list.
#[component]
pub fn Pane(props: &PaneProps) -> Html {
    let i18n = use_i18n();
    use_told_title(&props.title);
    let close = {
        let on_close = props.on_close.clone();
        move || {
            on_close.emit(());
            focus_list();
        }
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close();
            }
        })
    };
    let onclick = Callback::from(move |_: MouseEvent| close());
    html! {
        <aside class="pane" aria-label={&props.title} data-testid={&props.testid} {onkeydown}>
            <header class="pane__head">
                <div class="pane__titles">
                    if !props.over.is_empty() { <div class="pane__line"><p class="pane__over clip" title={&props.over}>{&props.over}</p>{props.age.clone()}</div> }
                    <h2 class="pane__title" title={&props.title} tabindex="-1">{&props.title}</h2>
                </div>
                {props.tools.clone()}
                <button type="button" class="icon-button" aria-label={t!(i18n, "close")} title={t!(i18n, "close")} data-testid="detail-close" {onclick}>
                    {glyph(Icon::Close)}
                </button>
            </header>
            {props.under.clone()}
            {props.children.clone()}
        </aside>
    }
}

/// A line of a list of facts: what it is, and what it says. Stands in a `dl`.
pub fn fact(term: String, value: Html) -> Html {
    html! { <div class="fact"><dt class="fact__term">{term}</dt><dd class="fact__value">{value}</dd></div> }
}
