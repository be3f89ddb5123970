//! Groups of rooms at a customer. Which rooms are in one stands with the rooms themselves, in the copy.

use tenantry_model::api::requests::Done;
use tenantry_model::api::room_groups::{ChangeRoomGroup, CreateRoomGroup, RoomGroupDetail, RoomGroupRow};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{Cached, ChangeOf, CreateAt, EndOf, IpcError, RoomGroupKey};

use crate::app::engine::Engine;
use crate::service::Draft;

fn of_customer(customer: TenantId) -> String {
    format!("customers/{customer}/groups")
}

fn at_group(key: RoomGroupKey) -> String {
    format!("{}/{}", of_customer(key.customer), key.group)
}

impl Engine {
    pub async fn get_room_groups(&self, customer: TenantId) -> Result<Cached<Vec<RoomGroupRow>>, IpcError> {
        self.query(Draft::get(of_customer(customer)).at(customer).all_pages()).await
    }

    pub async fn get_room_group(&self, key: RoomGroupKey) -> Result<Cached<RoomGroupDetail>, IpcError> {
        self.query(Draft::get(at_group(key)).at(key.customer)).await
    }

    pub async fn create_room_group(&self, args: CreateAt<CreateRoomGroup>) -> Result<Done, IpcError> {
        self.change(Draft::post(of_customer(args.customer)).at(args.customer).by_form(args.form).body(&args.new)).await
    }

    pub async fn change_room_group(&self, args: ChangeOf<RoomGroupKey, ChangeRoomGroup>) -> Result<Done, IpcError> {
        self.change(Draft::patch(at_group(args.key)).at(args.key.customer).of_version(args.version).body(&args.change)).await
    }

    pub async fn delete_room_group(&self, end: EndOf<RoomGroupKey>) -> Result<(), IpcError> {
        self.change(Draft::delete(at_group(end.key)).at(end.key.customer).of_version(end.version)).await
    }
}
