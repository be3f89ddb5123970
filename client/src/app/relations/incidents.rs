//! Working on incidents. What they say then comes with the sync, which each change wakes.

use tenantry_model::api::incidents::{CloseIssue, EditIssue, IncidentChanged, PostMessage, RecordIssue};
use tenantry_model::ipc::{ChangeOf, CreateAt, CreateIn, IncidentRef, IpcError};

use crate::app::engine::Engine;
use crate::service::Draft;

fn at_incident(IncidentRef { customer_id, number }: IncidentRef) -> String {
    format!("customers/{customer_id}/incidents/{number}")
}

impl Engine {
    pub async fn record_issue(&self, args: CreateAt<RecordIssue>) -> Result<IncidentChanged, IpcError> {
        let path = format!("customers/{}/incidents", args.customer);
        self.change(Draft::post(path).at(args.customer).by_form(args.form).body(&args.new)).await
    }

    pub async fn edit_issue(&self, args: ChangeOf<IncidentRef, EditIssue>) -> Result<IncidentChanged, IpcError> {
        let draft = Draft::patch(at_incident(args.key)).at(args.key.customer_id);
        self.change(draft.of_version(args.version).body(&args.change)).await
    }

    pub async fn close_issue(&self, args: ChangeOf<IncidentRef, CloseIssue>) -> Result<IncidentChanged, IpcError> {
        let draft = Draft::post(format!("{}/close", at_incident(args.key))).at(args.key.customer_id);
        self.change(draft.of_version(args.version).body(&args.change)).await
    }

    pub async fn post_message(&self, args: CreateIn<IncidentRef, PostMessage>) -> Result<IncidentChanged, IpcError> {
        let draft = Draft::post(format!("{}/messages", at_incident(args.key))).at(args.key.customer_id);
        self.change(draft.by_form(args.form).body(&args.new)).await
    }
}
