//! Language and look, and the mark of a demo.

use tenantry_model::ipc::{Language, Theme, Zoom};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::context::App;
use crate::i18n::{I18n, Label, t};

pub fn language_select(i18n: &I18n, app: &App) -> Html {
    let onchange = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().value().parse::<Language>().ok();
            app.prefer(move |preferences| preferences.language = chosen);
        })
    };
    html! {
        <label class="choice">
            <span class="choice__label">{t!(i18n, "language")}</span>
            <select class="select" data-testid="language-select" {onchange}>
                {for Language::ALL.iter().map(|language| html! {
                    <option key={language.as_str()} value={language.as_str()} selected={*language == i18n.language()} lang={language.as_str()}>{i18n.label(*language)}</option>
                })}
            </select>
        </label>
    }
}

pub(super) fn theme_select(i18n: &I18n, app: &App) -> Html {
    let onchange = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            if let Ok(theme) = event.target_unchecked_into::<HtmlSelectElement>().value().parse::<Theme>() {
                app.prefer(move |preferences| preferences.theme = theme);
            }
        })
    };
    html! {
        <label class="choice">
            <span class="choice__label">{t!(i18n, "theme")}</span>
            <select class="select" data-testid="theme-select" {onchange}>
                {for Theme::ALL.iter().map(|theme| html! {
                    <option key={theme.word()} value={theme.word()} selected={*theme == app.model.preferences.theme}>{i18n.label(*theme)}</option>
                })}
            </select>
        </label>
    }
}

/// The size of everything, for whoever does not know the keys.
pub(super) fn zoom_control(i18n: &I18n, app: &App) -> Html {
    let zoom = app.model.preferences.zoom;
    let button = |to: Zoom, testid: &'static str, title: String, content: Html| {
        let app = app.clone();
        let onclick = Callback::from(move |_: MouseEvent| app.prefer(move |preferences| preferences.zoom = to));
        html! { <button type="button" class="button button--small" data-testid={testid} title={title.clone()} aria-label={title} {onclick}>{content}</button> }
    };
    let percent = t!(i18n, "zoom-percent", percent = u32::from(zoom.percent()));
    html! {
        <div class="choice" role="group" aria-label={t!(i18n, "zoom")}>
            <span class="choice__label">{t!(i18n, "zoom")}</span>
            <span class="zoom">
                {button(zoom.smaller(), "zoom-smaller", t!(i18n, "zoom-smaller"), glyph(Icon::Minus))}
                <span class="zoom__percent" role="status">{percent}</span>
                {button(zoom.larger(), "zoom-larger", t!(i18n, "zoom-larger"), glyph(Icon::Plus))}
            </span>
        </div>
    }
}

pub fn demo_badge(i18n: &I18n, app: &App) -> Html {
    if !app.is_demo() {
        return html! {};
    }
    html! { <span class="demo" data-testid="demo-badge" title={t!(i18n, "demo-full")}><strong>{t!(i18n, "demo")}</strong><span class="demo__more">{t!(i18n, "demo-more")}</span></span> }
}
