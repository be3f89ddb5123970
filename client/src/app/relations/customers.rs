//! One customer of the partner, and what waits at all of them.

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::api::people::{AddMembers, MemberList};
use tenantry_model::api::requests::{Outcome, WaitingRequest};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{AdminKey, Cached, CreateAt, EndOf, IpcError};

use crate::app::engine::Engine;
use crate::service::Draft;

fn relationship(id: TenantId) -> Draft {
    Draft::get(format!("customers/{id}")).at(id)
}

impl Engine {
    pub async fn get_relationship(&self, id: TenantId) -> Result<Cached<CustomerDetail>, IpcError> {
        self.query(relationship(id)).await
    }

    /// As the service says it now.
    pub(in crate::app) async fn current_relationship(&self, id: TenantId) -> Result<CustomerDetail, IpcError> {
        self.query_anew(relationship(id)).await
    }

    pub async fn remove_customer(&self, end: EndOf<TenantId>) -> Result<(), IpcError> {
        self.change(Draft::delete(format!("customers/{}", end.key)).at(end.key).of_version(end.version)).await
    }

    pub async fn get_requests_at(&self, id: TenantId) -> Result<Cached<Vec<WaitingRequest>>, IpcError> {
        self.query(Draft::get("waiting-requests").at(id).with("customer", id).all_pages()).await
    }

    pub async fn get_waiting_requests(&self) -> Result<Vec<WaitingRequest>, IpcError> {
        self.fetch(Draft::get("waiting-requests").all_pages()).await
    }

    pub async fn get_primary_admins(&self, id: TenantId) -> Result<Cached<MemberList>, IpcError> {
        self.query(Draft::get(format!("customers/{id}/primary-admins")).at(id)).await
    }

    pub async fn add_primary_admins(&self, args: CreateAt<AddMembers>) -> Result<Outcome, IpcError> {
        let path = format!("customers/{}/primary-admins", args.customer);
        self.change(Draft::post(path).at(args.customer).by_form(args.form).body(&args.new)).await
    }

    pub async fn remove_primary_admin(&self, key: AdminKey) -> Result<Outcome, IpcError> {
        self.change(Draft::delete(format!("customers/{}/primary-admins/{}", key.customer, key.principal)).at(key.customer)).await
    }
}
