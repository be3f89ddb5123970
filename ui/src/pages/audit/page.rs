use tenantry_model::audit::{AUDIT_DAYS, AuditRecord};
use yew::prelude::*;

use super::columns::columns;
use super::detail::Detail;
use super::export::Export;
use super::filters::filters;
use super::use_log::{UseLog, use_log};
use super::view_model::{View, ViewAction};
use crate::components::button::Button;
use crate::components::empty::{Empty, Failed};
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, message, no_match, no_right};
use crate::components::live::Count;
use crate::components::loading::Loading;
use crate::components::notice::{Tone, standing};
use crate::components::table::Table;
use crate::context::use_app;
use crate::hooks::{dispatches, sets, use_now, use_page_title};
use crate::i18n::{t, use_i18n};
use crate::row_source::SharedRows;

/// Rows before the end at which the next page is asked for.
const AHEAD: u32 = 20;

#[derive(Properties, PartialEq)]
pub struct AuditProps {
    pub text: AttrValue,
}

#[component]
pub fn Audit(props: &AuditProps) -> Html {
    let (i18n, app, now) = (use_i18n(), use_app(), use_now());
    let title = use_page_title();
    let view = use_reducer(View::default);
    let exporting = use_state(|| false);
    let chosen = use_state(|| None::<String>);
    let (cut_off, may) = (app.is_cut_off(), app.is_administrator());
    let asked = view.query(&props.text, now);
    let UseLog { log, more, again } = use_log(asked.clone().ok().filter(|_| may && !cut_off));
    if !may {
        return no_right(title, t!(i18n, "audit-no-right-title"), t!(i18n, "audit-no-right-text"));
    }
    let rows = log.rows.clone();
    let total = rows.len() as u32;
    let record = chosen.as_ref().and_then(|id| rows.iter().find(|record| record.id == *id)).cloned();
    let on_open = sets(&chosen, move |id: Option<String>| id);
    let on_close = on_open.reform(|()| None);
    let on_visible = {
        let (more, ready) = (more.clone(), log.has_more() && log.error.is_none() && !cut_off);
        Callback::from(move |(_, end): (u32, u32)| {
            if ready && end + AHEAD >= total {
                more.emit(());
            }
        })
    };
    let on_export = sets(&exporting, move |to: bool| to);
    let clear = dispatches(&view, move |_: MouseEvent| ViewAction::ClearAll);
    let list = match (total, &log.error) {
        (0, _) if cut_off && !log.arrived => message(html! {
            <Empty icon={Icon::Offline} title={t!(i18n, "audit-offline-title")} text={t!(i18n, "audit-offline-text")} testid="audit-offline" />
        }),
        (0, Some(error)) => message(html! { <Failed error={error.clone()} on_retry={again.clone()} /> }),
        (0, None) if !log.arrived || log.loading => html! { <Loading /> },
        (0, None) if log.has_more() => message(html! {
            <Empty icon={Icon::Search} title={t!(i18n, "audit-none-yet")} text={t!(i18n, "audit-none-yet-text")} testid="audit-none-yet">
                <button type="button" class="button" data-testid="audit-more" onclick={more.reform(|_: MouseEvent| ())}>{t!(i18n, "audit-more")}</button>
            </Empty>
        }),
        (0, None) if view.is_narrowed() || !props.text.is_empty() => {
            message(no_match(&i18n, t!(i18n, "audit-no-match"), view.is_narrowed().then_some(clear)))
        }
        (0, None) => message(html! {
            <Empty icon={Icon::Audit} title={t!(i18n, "audit-none-title")} text={t!(i18n, "audit-none-text", days = AUDIT_DAYS)} testid="audit-none" />
        }),
        _ => html! {
            <Table<AuditRecord> label={&title} class={classes!("table--audit", (log.loading && asked.is_ok()).then_some("table--asking"))} columns={columns()} rows={rows.clone() as SharedRows<_>} {now} open={record.as_ref().map(|record| record.id.clone())} {on_open} reset={log.list} {on_visible} />
        },
    };
    let count = if log.has_more() { t!(i18n, "audit-count-more", count = total) } else { t!(i18n, "audit-count", count = total) };
    let foot = html! {
        <div class="list-foot">
            <Count class={classes!()} text={AttrValue::from(count)} cause={log.list} />
            if log.loading {
                <span class="spinner" aria-hidden="true" />
            } else if log.has_more() || log.error.is_some() {
                <Button class="link" testid="audit-more" why={cut_off.then(|| t!(i18n, "audit-offline-title"))} onclick={more.reform(|_: MouseEvent| ())}>{t!(i18n, "audit-more")}</Button>
            }
            if let Some(error) = &log.error { <span class="list-foot__error" role="alert">{i18n.label(error.kind)}</span> }
        </div>
    };
    let why = cut_off.then(|| t!(i18n, "audit-offline-title"));
    let head = html! { <>
        <span class="page__count" />
        <Button class="icon-button" testid="audit-again" label={t!(i18n, "audit-again")} why={why.clone()} title={t!(i18n, "audit-again")} onclick={again.reform(|_: MouseEvent| ())}>{glyph(Icon::Sync)}</Button>
        <Button testid="audit-export" why={why.clone()} onclick={on_export.reform(|_: MouseEvent| true)}>{glyph(Icon::ArrowDown)}{t!(i18n, "export-open")}</Button>
    </> };
    let pane = record.map(|record| html! { <Detail key={record.id.clone()} record={record.clone()} {now} {on_close} /> });
    html! { <>
        <ListPage {title} {head} {pane}>
            {filters(&i18n, &view, asked.err())}
            if cut_off && log.arrived { <div class="page__notice">{standing(Tone::Care, "audit-kept", html! { {t!(i18n, "audit-kept")} })}</div> }
            {list}
            if total > 0 { {foot} }
        </ListPage>
        if *exporting { <Export {now} on_close={on_export.reform(|()| false)} /> }
    </> }
}
