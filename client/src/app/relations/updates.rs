//! Updates at a customer, and in a room. How they stand changes with every report of a device: it is asked for, and no part of the copy.

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::updates::{RoomUpdates, UpdateAction, UpdateDetail, UpdateList};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{Cached, ChangeOf, IpcError, RoomKey, UpdateKey};

use crate::app::engine::Engine;
use crate::service::Draft;

fn of_customer(customer: TenantId) -> String {
    format!("customers/{customer}/updates")
}

fn at_update(key: UpdateKey) -> String {
    format!("{}/{}", of_customer(key.customer), key.update)
}

impl Engine {
    pub async fn get_updates(&self, customer: TenantId) -> Result<Cached<UpdateList>, IpcError> {
        self.query(Draft::get(of_customer(customer)).at(customer)).await
    }

    pub async fn get_update(&self, key: UpdateKey) -> Result<Cached<UpdateDetail>, IpcError> {
        self.query(Draft::get(at_update(key)).at(key.customer)).await
    }

    pub async fn get_room_updates(&self, key: RoomKey) -> Result<Cached<RoomUpdates>, IpcError> {
        self.query(Draft::get(format!("customers/{}/rooms/{}/updates", key.customer_id, key.id)).at(key.customer_id)).await
    }

    pub async fn act_on_update(&self, args: ChangeOf<UpdateKey, UpdateAction>) -> Result<Outcome, IpcError> {
        let path = format!("{}/actions", at_update(args.key));
        self.change(Draft::post(path).at(args.key.customer).of_version(args.version).body(&args.change)).await
    }
}
