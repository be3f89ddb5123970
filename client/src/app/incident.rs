//! Opening an incident. Of one that was resolved long ago the row alone is kept, or nothing (A40), and during a first sync that of an active one:
//! then the service is asked for the rest.

use std::sync::Arc;
use std::time::Duration;

use tenantry_model::incident::Incident;
use tenantry_model::ipc::{IncidentDetail, IncidentRef, IncidentRest, IpcError, IpcErrorKind, Touched};
use tokio::time::sleep;

use super::account::Account;
use super::asked_incidents::Standing;
use super::engine::Engine;
use super::event::EngineEvent;
use super::shared::Shared;
use crate::cache::Invalidations;
use crate::error::Error;
use crate::service::Draft;

impl Engine {
    /// Answers at once with what is kept. Where that is the row alone, an event tells when there is more, or that there is not.
    pub async fn get_incident(&self, key: IncidentRef) -> Result<IncidentDetail, IpcError> {
        let (account, shared) = (self.shared.account().await?, Arc::clone(&self.shared));
        match account.cache.run(move |store| store.incident(key, shared.contact())).await {
            Ok(mut detail) => {
                detail.rest = match detail.rest {
                    IncidentRest::Here => {
                        self.note_opened(&account, key);
                        IncidentRest::Here
                    }
                    _ => self.rest(&account, key, detail.incident.row.version)?,
                };
                Ok(detail)
            }
            Err(Error::NotFound) => self.unkept(&account, key).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Asks the service again for what it did not give, at the user's word: by itself it is asked at some distance only.
    pub async fn retry_incident(&self, key: IncidentRef) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        account.asked_incidents.retry(key);
        account.unkept.forget_if(|last| last == key);
        Ok(())
    }

    /// That it was looked at is noted behind the answer: nobody waits for the disk.
    fn note_opened(&self, account: &Account, key: IncidentRef) {
        let noted = account.cache.send(move |store| {
            if let Err(error) = store.mark_opened(key) {
                tracing::debug!(%error, "that an incident was opened could not be kept");
            }
        });
        // Closed meanwhile: then nothing is kept any more.
        drop(noted);
    }

    fn rest(&self, account: &Arc<Account>, key: IncidentRef, version: u64) -> Result<IncidentRest, IpcError> {
        if !self.shared.contact().live {
            return Ok(IncidentRest::OffLine);
        }
        match account.asked_incidents.ask(key, version) {
            Standing::ToAsk => {
                tokio::spawn(fetch_rest(Arc::clone(&self.shared), Arc::clone(account), key, version));
                Ok(IncidentRest::Coming)
            }
            Standing::UnderWay => Ok(IncidentRest::Coming),
            Standing::Failed(Some(said)) if said.kind == IpcErrorKind::NotFound => Err(said),
            Standing::Failed(_) => Ok(IncidentRest::Failed),
        }
    }

    /// One that is not kept here at all, such as a link to one of last year. It is shown, and not kept either.
    async fn unkept(&self, account: &Arc<Account>, key: IncidentRef) -> Result<IncidentDetail, IpcError> {
        let shared = Arc::clone(&self.shared);
        // Of a customer that is not here, nothing is asked for.
        account.cache.run(move |store| store.customer(key.customer_id, shared.contact())).await?;
        if !self.shared.contact().live {
            return Err(Error::Unreachable("this incident is not kept on this device".into()).into());
        }
        let now = account.cache.run(|store| Ok(store.invalidations())).await?;
        let answer = account.unkept.asking(key, now).answer(async { ask(account, key).await.map_err(IpcError::from) }).await;
        let ((since, incident), shared) = (answer?, Arc::clone(&self.shared));
        Ok(account.cache.run(move |store| store.unkept_incident(incident, since, shared.contact())).await?)
    }
}

/// An answer that was overtaken is asked for so many times.
const TRIES: u32 = 3;
/// In between, the sync brings the row that overtook it.
const PAUSE: Duration = Duration::from_millis(300);

/// Asks for the rest of an incident, keeps it, and tells the window that there is more, or that there is not.
async fn fetch_rest(shared: Arc<Shared>, account: Arc<Account>, key: IncidentRef, version: u64) {
    let mut said = None;
    for _ in 0..TRIES {
        let kept = match ask(&account, key).await {
            Ok((since, incident)) => account.cache.run(move |store| store.keep_rest(since, &incident)).await,
            Err(error) => Err(error),
        };
        match kept {
            Ok(Some(change)) => {
                account.asked_incidents.succeeded(key);
                return shared.emit(EngineEvent::Data(change));
            }
            Ok(None) => {
                account.wake.now();
                sleep(PAUSE).await;
            }
            Err(error) => {
                tracing::debug!(%error, "the rest of an incident could not be had");
                said = Some(IpcError::from(error)).filter(is_answer);
                break;
            }
        }
    }
    // Where it cannot be seen any more, the sync says so to the lists, too.
    if said.is_some() {
        account.wake.now();
    }
    let touched = Touched { incidents: vec![key], ..Touched::default() };
    let told = account.cache.run(move |store| Ok(store.changed(vec![key.customer_id], Some(touched)))).await;
    match told {
        Ok(change) => {
            account.asked_incidents.failed(key, version, said);
            shared.emit(EngineEvent::Data(change));
        }
        // The store is closed: nobody asks any more.
        Err(_) => account.asked_incidents.succeeded(key),
    }
}

/// Whether this is what the service says of the incident, and not that it could not be asked.
fn is_answer(error: &IpcError) -> bool {
    matches!(error.kind, IpcErrorKind::NotFound | IpcErrorKind::Refused)
}

/// The incident as the service shows it now, and what stood here before it was asked.
async fn ask(account: &Account, key: IncidentRef) -> Result<(Invalidations, Incident), Error> {
    let since = account.cache.run(|store| Ok(store.invalidations())).await?;
    let path = format!("customers/{}/incidents/{}", key.customer_id, key.number);
    let incident: Incident = account.send(&Draft::get(path).at(key.customer_id).call()).await?;
    if (incident.row.customer_id, incident.row.number) != (key.customer_id, key.number) {
        return Err(Error::NotAService("it answers with another incident than was asked for".into()));
    }
    Ok((since, incident))
}
