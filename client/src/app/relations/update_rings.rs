//! Update rings at a customer. Which ring a room is in stands with the room itself, in the copy.

use tenantry_model::api::requests::{Done, Outcome};
use tenantry_model::api::update_rings::{ChangeUpdateRing, CreateUpdateRing, MoveRooms, RingList};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{Cached, ChangeOf, CreateAt, EndOf, IpcError, UpdateRingKey};

use crate::app::engine::Engine;
use crate::service::Draft;

fn of_customer(customer: TenantId) -> String {
    format!("customers/{customer}/rings")
}

fn at_ring(key: UpdateRingKey) -> String {
    format!("{}/{}", of_customer(key.customer), key.ring)
}

impl Engine {
    pub async fn get_update_rings(&self, customer: TenantId) -> Result<Cached<RingList>, IpcError> {
        self.query(Draft::get(of_customer(customer)).at(customer)).await
    }

    pub async fn create_update_ring(&self, args: CreateAt<CreateUpdateRing>) -> Result<Done, IpcError> {
        self.change(Draft::post(of_customer(args.customer)).at(args.customer).by_form(args.form).body(&args.new)).await
    }

    pub async fn change_update_ring(&self, args: ChangeOf<UpdateRingKey, ChangeUpdateRing>) -> Result<Outcome, IpcError> {
        self.change(Draft::patch(at_ring(args.key)).at(args.key.customer).of_version(args.version).body(&args.change)).await
    }

    pub async fn delete_update_ring(&self, end: EndOf<UpdateRingKey>) -> Result<(), IpcError> {
        self.change(Draft::delete(at_ring(end.key)).at(end.key.customer).of_version(end.version)).await
    }

    pub async fn move_to_update_ring(&self, args: ChangeOf<UpdateRingKey, MoveRooms>) -> Result<Outcome, IpcError> {
        let path = format!("{}/rooms", at_ring(args.key));
        self.change(Draft::post(path).at(args.key.customer).of_version(args.version).body(&args.change)).await
    }
}
