//! Renewing a claim. What else is done with incidents goes by way of the outbox: see `delivery`.

use tenantry_model::api::incidents::{ClaimIncident, IncidentChanged};
use tenantry_model::ipc::{IncidentRef, IpcError};

use crate::app::engine::Engine;
use crate::service::Draft;

fn at_incident(IncidentRef { customer_id, number }: IncidentRef) -> String {
    format!("customers/{customer_id}/incidents/{number}")
}

impl Engine {
    pub async fn renew_claim(&self, key: IncidentRef) -> Result<(), IpcError> {
        let draft = Draft::put(format!("{}/claim", at_incident(key))).at(key.customer_id);
        let renewed: IncidentChanged = self.change(draft.body(&ClaimIncident::default())).await?;
        tracing::debug!(number = %renewed.number, "a claim was renewed");
        Ok(())
    }
}
