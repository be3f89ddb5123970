//! Renewing a claim, and the events of issues. What else is done with incidents goes by way of the outbox: see `delivery`.

use tenantry_model::api::incidents::{ClaimIncident, IncidentChanged};
use tenantry_model::api::room_events::IssueEvents;
use tenantry_model::ipc::{Cached, IncidentRef, IpcError};

use crate::app::engine::Engine;
use crate::service::Draft;

fn at_incident(IncidentRef { customer_id, number }: IncidentRef) -> String {
    format!("customers/{customer_id}/incidents/{number}")
}

impl Engine {
    pub async fn get_incident_events(&self, key: IncidentRef) -> Result<Cached<IssueEvents>, IpcError> {
        self.query(Draft::get(format!("{}/events", at_incident(key))).at(key.customer_id)).await
    }

    pub async fn renew_claim(&self, key: IncidentRef) -> Result<(), IpcError> {
        let draft = Draft::put(format!("{}/claim", at_incident(key))).at(key.customer_id);
        let renewed: IncidentChanged = self.change(draft.body(&ClaimIncident::default())).await?;
        tracing::debug!(number = %renewed.number, "a claim was renewed");
        Ok(())
    }
}
