//! Reports over the rooms of a customer, and what is saved of them.

use std::io::Write as _;

use tenantry_model::api::reports::{ExportedIncident, HealthReport, OverviewReport, REPORT_COLUMNS, UsageReport};
use tenantry_model::ipc::{Cached, IpcError, ReportExport, ReportFile, ReportQuery, SavedFile};
use tenantry_model::time::UtcDay;

use super::export::CsvFile;
use crate::app::draft_file::{DraftFile, blocking};
use crate::app::engine::Engine;
use crate::error::Error;
use crate::service::Draft;

fn of(what: &str, query: ReportQuery) -> Draft {
    let draft = Draft::get(format!("customers/{}/reports/{what}", query.customer)).at(query.customer).with("days", query.days);
    match query.group {
        Some(group) => draft.with("group", group),
        None => draft,
    }
}

impl Engine {
    pub async fn get_overview_report(&self, query: ReportQuery) -> Result<Cached<OverviewReport>, IpcError> {
        self.query(of("overview", query)).await
    }

    pub async fn get_health_report(&self, query: ReportQuery) -> Result<Cached<HealthReport>, IpcError> {
        self.query(of("health", query)).await
    }

    pub async fn get_usage_report(&self, query: ReportQuery) -> Result<Cached<UsageReport>, IpcError> {
        self.query(of("usage", query)).await
    }

    pub async fn export_report(&self, args: ReportExport) -> Result<SavedFile, IpcError> {
        let ReportExport { query, file } = args;
        let today = UtcDay::of(self.shared.config.clock.now());
        // By the end of its id the customer is told from others of its name, too.
        let customer = query.customer.to_string();
        let customer = customer.rsplit('-').next().unwrap_or_default();
        let days = format!("{customer}-{}-to-{}", today.days_before(query.days), today.days_before(1));
        match file {
            ReportFile::Rooms { separator } => {
                let name = format!("tenantry-rooms-{days}");
                let call = of("rooms", query).call::<()>();
                self.save_csv(&call, CsvFile { name: &name, columns: &REPORT_COLUMNS, separator }).await
            }
            ReportFile::Incidents => {
                let folder = self.downloads()?;
                let incidents: Vec<ExportedIncident> = self.fetch(of("incidents", query).all_pages()).await?;
                let saved = save_json(incidents, folder.clone(), format!("tenantry-incidents-{days}")).await?;
                self.shared.state().export_folder = Some(folder);
                Ok(saved)
            }
        }
    }
}

/// Writes incidents into the folder, whole or not at all, and over no other file.
async fn save_json(incidents: Vec<ExportedIncident>, folder: std::path::PathBuf, name: String) -> Result<SavedFile, Error> {
    let records = u32::try_from(incidents.len()).unwrap_or(u32::MAX);
    let path = blocking(move || {
        let write = || -> Result<_, Error> {
            let text = serde_json::to_vec_pretty(&incidents).map_err(|error| Error::another_form(&error))?;
            let mut draft = DraftFile::new(&folder)?;
            draft.file.write_all(&text)?;
            draft.persist(&folder, &name, "json")
        };
        write().map_err(|error| match error {
            Error::Io(cause) => Error::Downloads { folder: folder.clone(), cause },
            error => error,
        })
    });
    Ok(SavedFile { path: path.await?.display().to_string(), records })
}
