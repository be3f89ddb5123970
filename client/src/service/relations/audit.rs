//! The audit log of the own organisation.

use tenantry_model::api::Page;
use tenantry_model::audit::AuditRecord;
use tenantry_model::ipc::{AuditQuery, ExportRange};

use crate::service::Call;
use crate::service::call::Draft;

pub(crate) fn page(query: &AuditQuery) -> Call<Page<AuditRecord>> {
    let mut draft = Draft::get("audit").with("log", query.log);
    for (name, day) in [("from", query.from), ("to", query.to)] {
        if let Some(day) = day {
            draft = draft.with(name, day);
        }
    }
    draft = query.categories.iter().fold(draft, |draft, category| draft.with("category", category));
    draft = query.operations.iter().fold(draft, |draft, operation| draft.with("operation", operation));
    draft = query.results.iter().fold(draft, |draft, result| draft.with("result", result));
    let text = query.text.trim();
    if !text.is_empty() {
        draft = draft.with("q", text);
    }
    if let Some(after) = &query.after {
        draft = draft.with("cursor", after);
    }
    draft.call()
}

/// `GET /v1/audit/export`: a CSV file, to be read as it comes.
pub(crate) fn export(range: ExportRange) -> Call<()> {
    Draft::get("audit/export").with("from", range.from).with("to", range.to).call()
}
