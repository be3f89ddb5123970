//! What of a report is saved as a file.

use tenantry_model::ipc::{CellSeparator, ExportReport, OpenExportFolder, ReportExport, ReportFile, ReportQuery, SavedFile};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, notice};
use crate::hooks::{UseTask, use_task};
use crate::i18n::{I18n, t};

/// One file at a time, and what came of it.
#[derive(Clone, PartialEq)]
pub(super) struct UseExport {
    task: UseTask,
    opening: UseTask,
    saved: UseStateHandle<Option<(ReportQuery, SavedFile)>>,
}

#[hook]
pub(super) fn use_export(query: Option<ReportQuery>) -> UseExport {
    let (task, opening) = (use_task(), use_task());
    // Why another one failed is no news here.
    use_effect_with(query, {
        let (task, opening) = (task.clone(), opening.clone());
        move |_| {
            task.reset();
            opening.reset();
        }
    });
    UseExport { task, opening, saved: use_state(|| None) }
}

impl UseExport {
    /// The buttons. `why` they are out of use, if they are.
    pub(super) fn buttons(&self, i18n: &I18n, query: Option<ReportQuery>, why: Option<&String>) -> Html {
        let button = |testid: &'static str, label: String, file: ReportFile| {
            let saved = self.saved.setter();
            let send = self.task.sends::<ExportReport>({
                let saved = saved.clone();
                move |file| saved.set(query.map(|query| (query, file)))
            });
            let is_blocked = why.is_some();
            let onclick = Callback::from(move |_: MouseEvent| {
                if let Some(query) = query.filter(|_| !is_blocked) {
                    saved.set(None);
                    send.emit(ReportExport { query, file });
                }
            });
            html! { <Button class="button" {testid} why={why.cloned()} busy={self.task.is_busy()} {onclick}>{glyph(Icon::ArrowDown)}{label}</Button> }
        };
        html! { <>
            {button("report-csv", t!(i18n, "report-csv"), ReportFile::Rooms { separator: CellSeparator::usual(i18n.language()) })}
            {button("report-json", t!(i18n, "report-json"), ReportFile::Incidents)}
        </> }
    }

    /// What came of it, while the page shows what was saved.
    pub(super) fn said(&self, i18n: &I18n, query: Option<ReportQuery>) -> Html {
        let open_folder = self.opening.sends::<OpenExportFolder>(|()| {}).reform(|_: MouseEvent| ());
        let saved = (*self.saved).as_ref().filter(|(of, _)| Some(*of) == query);
        html! { <>
            if let Some(failure) = self.task.error().or(self.opening.error()) { <div class="page__notice">{failed(i18n, failure)}</div> }
            if let Some((_, file)) = saved {
                <div class="page__notice">
                    {notice(Tone::Good, "report-saved", html! { <>
                        <p>{t!(i18n, "report-saved", count = file.records)}</p>
                        <p class="selectable number">{&file.path}</p>
                        <button type="button" class="button button--small" data-testid="report-folder" onclick={open_folder}>{t!(i18n, "export-open-folder")}</button>
                    </> })}
                </div>
            }
        </> }
    }
}
