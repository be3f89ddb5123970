//! One customer of the partner.

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::api::people::{AddMembers, MemberList};
use tenantry_model::api::requests::Outcome;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{AdminKey, Cached, CreateAt, EndOf, IpcError};

use crate::app::engine::Engine;
use crate::service::relations::customers;

impl Engine {
    pub async fn get_relationship(&self, id: TenantId) -> Result<Cached<CustomerDetail>, IpcError> {
        self.question(customers::relationship(id)).await
    }

    pub async fn remove_customer(&self, end: EndOf<TenantId>) -> Result<(), IpcError> {
        self.change(customers::remove(end)).await
    }

    pub async fn get_primary_admins(&self, id: TenantId) -> Result<Cached<MemberList>, IpcError> {
        self.question(customers::primary_admins(id)).await
    }

    pub async fn add_primary_admins(&self, args: CreateAt<AddMembers>) -> Result<Outcome, IpcError> {
        self.change(customers::add_primary_admins(&args)).await
    }

    pub async fn remove_primary_admin(&self, key: AdminKey) -> Result<Outcome, IpcError> {
        self.change(customers::remove_primary_admin(key)).await
    }
}
