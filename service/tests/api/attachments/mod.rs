//! Files of incidents (R82): sent, checked, kept, read back, and refused.

mod abandoned;
mod in_s3;
mod reading;
mod refusals;
mod resuming;
mod sending;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tenantry_model::api::attachments::Upload;
use tenantry_model::attachment::Attachment;
use tenantry_model::audit::AuditRecord;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Incident;
use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Clock;

use crate::support::{Answer, NewIncident, TestApp, number};

/// The beginning of a picture, and then anything.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// A partner's helpdesk, and one incident of one customer.
pub(crate) struct Desk {
    app: TestApp,
    customer: TenantId,
    /// Its other room, of which nobody at the partner sees anything.
    other_room: RoomId,
    /// Works on incidents.
    ada: UserKey,
    /// So does he.
    ben: UserKey,
    /// May look at them.
    eve: UserKey,
    /// Administers the customer.
    chief: UserKey,
    number: TicketNumber,
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A picture of this length.
fn picture(len: usize) -> Vec<u8> {
    PNG.iter().copied().chain((0u8..=250).cycle()).take(len).collect()
}

/// What announces a file.
fn announcement(name: &str, content: &[u8]) -> Value {
    json!({ "fileName": name, "size": content.len(), "sha256": sha256(content) })
}

impl Desk {
    async fn start() -> Self {
        Self::over(TestApp::start().await).await
    }

    async fn over(app: TestApp) -> Self {
        let estate = app.estate();
        let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
        let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
        let room = estate.room(customer, 3, "Room").await;
        let other_room = estate.room(customer, 4, "Other").await;
        estate.delegate(partner, customer, &[room], PermissionSet::ALL).await;
        let works = PermissionSet::of(&[Permission::TicketsView, Permission::TicketsUpdate]);
        let views = PermissionSet::of(&[Permission::TicketsView]);
        let mut users = vec![];
        for (n, name, permissions) in [(100, "Ada", works), (101, "Ben", works), (102, "Eve", views)] {
            let user = estate.user(partner, n, name).await;
            estate.assign(n + 100, customer, Some(partner), user, permissions, &[], &[]).await;
            users.push(user);
        }
        let chief = estate.user(customer, 110, "Chief").await;
        let number = number("CUSTOM", 1);
        estate.incident(NewIncident::new(number, customer, &[room, other_room], app.clock.now())).await;
        Self { customer, other_room, ada: users[0], ben: users[1], eve: users[2], chief, number, app }
    }

    fn incident_path(&self) -> String {
        format!("/v1/customers/{}/incidents/{}", self.customer, self.number)
    }

    fn path(&self, id: impl std::fmt::Display, what: &str) -> String {
        format!("{}/attachments/{id}{what}", self.incident_path())
    }

    async fn incident(&self, who: UserKey) -> Incident {
        self.app.get(&self.incident_path(), who).await.json()
    }

    async fn announces(&self, who: UserKey, body: &Value) -> Answer {
        self.app.ask(Method::POST, &format!("{}/attachments", self.incident_path()), Some(&self.app.token(who)), &[], Some(body)).await
    }

    /// Announces a file, which must be taken.
    async fn begins(&self, who: UserKey, name: &str, content: &[u8]) -> Attachment {
        let answer = self.announces(who, &announcement(name, content)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&answer.body));
        let upload: Upload = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(upload.offset, 0);
        upload.attachment
    }

    /// Sends a part of it.
    async fn sends(&self, who: UserKey, attachment: &Attachment, offset: usize, part: &[u8]) -> Answer {
        let headers = [("upload-offset", offset.to_string())];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.app.send_bytes(&self.path(attachment.id, "/upload"), Some(&self.app.token(who)), &headers, part.to_vec().into()).await
    }

    /// Adds a file, all at once, which must be taken.
    async fn adds(&self, who: UserKey, name: &str, content: &[u8]) -> Attachment {
        let attachment = self.begins(who, name, content).await;
        let upload: Upload = self.sends(who, &attachment, 0, content).await.json();
        assert_eq!(upload.offset, content.len() as u64);
        upload.attachment
    }

    async fn offset(&self, who: UserKey, attachment: &Attachment) -> u64 {
        let upload: Upload = self.app.get(&self.path(attachment.id, "/upload"), who).await.json();
        upload.offset
    }

    async fn content(&self, who: UserKey, attachment: &Attachment) -> Answer {
        self.app.get(&self.path(attachment.id, "/content"), who).await
    }

    /// What the log says of rooms and incidents, the newest first: who, how it went, and the details.
    async fn log(&self) -> Vec<String> {
        let answer = self.app.send(Method::GET, "/v1/audit?log=product", Some(&self.app.admin_token(self.chief))).await;
        let records: Vec<AuditRecord> = serde_json::from_value(answer.json::<Value>()["items"].clone()).unwrap();
        let line = |record: &AuditRecord| {
            let part = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
            let details: Vec<String> =
                record.detail.iter().map(|change| format!("{} {}>{}", change.field, part(&change.before), part(&change.after))).collect();
            let who = record.names.user.clone().unwrap_or_else(|| "the service".into());
            format!("{who} {} {} {}", record.operation, record.result_status, details.join(", "))
        };
        records.iter().map(line).collect()
    }
}

impl Answer {
    /// The fields that a refusal is about, with their codes.
    fn refused_at(&self) -> Vec<String> {
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())).collect()
    }
}
