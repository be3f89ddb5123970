//! See the folder.

use tenantry_model::audit::{AUDIT_DAYS, AuditRecord};
use yew::prelude::*;

use super::columns::{NARROW_AT, columns};
use super::detail::Detail;
use super::export::Export;
use super::filters::filters;
use super::use_log::{UseLog, use_log};
use super::view_model::{View, ViewAction};
use crate::components::empty::{Empty, Failed};
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, notice};
use crate::components::table::Table;
use crate::context::use_app;
use crate::hooks::use_now;
use crate::i18n::{t, use_i18n};
use crate::row_source::SharedRows;

/// Rows before the end at which the next page is asked for.
const AHEAD: u32 = 20;

/// Properties of [`Audit`].
#[derive(Properties, PartialEq)]
pub struct AuditProps {
    /// What is searched for.
    pub text: AttrValue,
}

/// The page.
#[component]
pub fn Audit(props: &AuditProps) -> Html {
    let (i18n, app, now) = (use_i18n(), use_app(), use_now());
    let view = use_reducer(View::default);
    let exporting = use_state(|| false);
    let chosen = use_state(|| None::<String>);
    let (cut_off, may) = (app.is_cut_off(), app.is_administrator());
    let asked = view.query(&props.text, now);
    let UseLog { log, more, again } = use_log(asked.clone().ok().filter(|_| may && !cut_off));
    if !may {
        return html! { <div class="page page--message"><Empty icon={Icon::Lock} title={t!(i18n, "audit-no-right-title")} text={t!(i18n, "audit-no-right-text")} testid="no-right" /></div> };
    }
    let rows = log.rows.clone();
    let total = rows.len() as u32;
    let record = chosen.as_ref().and_then(|id| rows.iter().find(|record| record.id == *id)).cloned();
    let on_open = {
        let chosen = chosen.setter();
        Callback::from(move |id: Option<String>| chosen.set(id))
    };
    let on_close = on_open.reform(|()| None);
    let on_visible = {
        let (more, ready) = (more.clone(), log.has_more() && log.error.is_none() && !cut_off);
        Callback::from(move |(_, end): (u32, u32)| {
            if ready && end + AHEAD >= total {
                more.emit(());
            }
        })
    };
    let on_export = {
        let exporting = exporting.setter();
        Callback::from(move |to: bool| exporting.set(to))
    };
    let clear = {
        let view = view.clone();
        Callback::from(move |_: MouseEvent| view.dispatch(ViewAction::ClearAll))
    };
    let waiting = html! { <div class="list-message" role="status" aria-busy="true"><span class="spinner" aria-hidden="true" /></div> };
    let list = match (total, &log.error) {
        (0, _) if cut_off && !log.arrived => html! {
            <div class="list-message"><Empty icon={Icon::Offline} title={t!(i18n, "audit-offline-title")} text={t!(i18n, "audit-offline-text")} testid="audit-offline" /></div>
        },
        (0, Some(error)) => html! { <div class="list-message"><Failed error={error.clone()} on_retry={again.clone()} /></div> },
        (0, None) if !log.arrived || log.loading => waiting,
        (0, None) if log.has_more() => html! {
            <div class="list-message"><Empty icon={Icon::Search} title={t!(i18n, "audit-none-yet")} text={t!(i18n, "audit-none-yet-text")} testid="audit-none-yet">
                <button type="button" class="button" data-testid="audit-more" onclick={more.reform(|_: MouseEvent| ())}>{t!(i18n, "audit-more")}</button>
            </Empty></div>
        },
        (0, None) => html! {
            <div class="list-message">
                if view.is_narrowed() || !props.text.is_empty() {
                    <Empty icon={Icon::Search} title={t!(i18n, "audit-no-match")} text={t!(i18n, "no-match-text")} testid="no-match">
                        if view.is_narrowed() { <button type="button" class="button" onclick={clear}>{t!(i18n, "filter-clear-all")}</button> }
                    </Empty>
                } else {
                    <Empty icon={Icon::Audit} title={t!(i18n, "audit-none-title")} text={t!(i18n, "audit-none-text", days = AUDIT_DAYS)} testid="audit-none" />
                }
            </div>
        },
        _ => html! {
            <Table<AuditRecord> label={t!(i18n, "audit")} class={classes!("table--audit", (log.loading && asked.is_ok()).then_some("table--asking"))} columns={columns()} narrow_at={NARROW_AT} rows={rows.clone() as SharedRows<_>} {now} open={record.as_ref().map(|record| record.id.clone())} {on_open} reset={log.list} {on_visible} />
        },
    };
    let foot = html! {
        <div class="list-foot">
            <span role="status">{if log.has_more() { t!(i18n, "audit-count-more", count = total) } else { t!(i18n, "audit-count", count = total) }}</span>
            if log.loading {
                <span class="spinner" aria-hidden="true" />
            } else if log.has_more() || log.error.is_some() {
                <button type="button" class="link" data-testid="audit-more" disabled={cut_off} onclick={more.reform(|_: MouseEvent| ())}>{t!(i18n, "audit-more")}</button>
            }
            if let Some(error) = &log.error { <span class="list-foot__error" role="alert">{i18n.label(error.kind)}</span> }
        </div>
    };
    let why = cut_off.then(|| t!(i18n, "audit-offline-title"));
    html! {
        <div class={classes!("page", record.is_some().then_some("page--split"))}>
            <section class="page__list" aria-label={t!(i18n, "audit")}>
                <div class="page__head">
                    <h1 class="page__title">{t!(i18n, "audit")}</h1>
                    <span class="page__count" />
                    <button type="button" class="icon-button" aria-label={t!(i18n, "audit-again")} title={why.clone().unwrap_or_else(|| t!(i18n, "audit-again"))} disabled={cut_off} data-testid="audit-again" onclick={again.reform(|_: MouseEvent| ())}>{glyph(Icon::Sync)}</button>
                    <button type="button" class="button" data-testid="audit-export" disabled={cut_off} title={why.clone()} onclick={on_export.reform(|_: MouseEvent| true)}>{glyph(Icon::ArrowDown)}{t!(i18n, "export-open")}</button>
                </div>
                {filters(&i18n, &view, asked.err())}
                if cut_off && log.arrived { <div class="page__notice">{notice(Tone::Care, "audit-kept", html! { {t!(i18n, "audit-kept")} })}</div> }
                {list}
                if total > 0 { {foot} }
            </section>
            if let Some(record) = record {
                <Detail key={record.id.clone()} record={record.clone()} {now} {on_close} />
            }
            if *exporting { <Export {now} on_close={on_export.reform(|()| false)} /> }
        </div>
    }
}
