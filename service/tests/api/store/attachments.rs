//! The conformance suite: files of incidents.

use std::time::Duration;

use tenantry_model::attachment::{Attachment, AttachmentState, FileType};
use tenantry_model::id::AttachmentId;
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::{Clock, Timestamp};
use tenantry_service::store::attachments::{self, StoredAttachment, Unfinished};

use crate::support::{NewIncident, TestApp, id, number, whole};

fn file(n: u128, number: TicketNumber, by: UserKey, date: Timestamp) -> StoredAttachment {
    let attachment = Attachment {
        id: AttachmentId::from_uuid(id(n)),
        file_name: "Büro – 3.png".into(),
        size: 50 * 1024 * 1024,
        date,
        state: AttachmentState::Uploading,
        file_type: None,
        sha256: "0a".repeat(32),
        author: "Ada".into(),
    };
    StoredAttachment { attachment, number, by }
}

#[tokio::test]
async fn r82_files_of_incidents_are_added_become_ready_and_are_given_up() {
    let app = TestApp::start().await;
    let estate = app.estate();
    let customer = estate.tenant(1, "Customer", "CUSTOM", false, true).await;
    let [ada, ben] = [estate.user(customer, 2, "Ada").await, estate.user(customer, 3, "Ben").await];
    let room = estate.room(customer, 4, "Room").await;
    let begin = app.clock.now();
    let after = |seconds| begin.plus(Duration::from_secs(seconds));
    let [one, two] = [1, 2].map(|n| number("CUSTOM", n));
    for number in [one, two] {
        estate.incident(NewIncident::new(number, customer, &[room], begin)).await;
    }
    // The numbers of their ids are not in the order of time.
    let (late, early, other) = (file(10, one, ada, after(2)), file(11, one, ada, after(1)), file(12, two, ben, after(3)));
    let mut tx = app.store.write().await.unwrap();
    for new in [&late, &early, &other] {
        attachments::add(tx.conn(), new).await.unwrap();
    }
    assert_eq!(attachments::find(tx.conn(), late.attachment.id).await.unwrap(), Some(late.clone()));
    assert_eq!(attachments::find(tx.conn(), AttachmentId::from_uuid(id(99))).await.unwrap(), None);
    assert_eq!(attachments::of_incidents(tx.conn(), &[two, one]).await.unwrap(), [early.clone(), late.clone(), other.clone()]);
    assert!(attachments::of_incidents(tx.conn(), &[number("CUSTOM", 3)]).await.unwrap().is_empty());
    assert_eq!(attachments::count_unfinished_of(tx.conn(), ada).await.unwrap(), 2);

    attachments::set_ready(tx.conn(), late.attachment.id, FileType::Png).await.unwrap();
    let ready = Attachment { state: AttachmentState::Ready, file_type: Some(FileType::Png), ..late.attachment.clone() };
    let loaded = whole(tx.conn(), &[one, two]).await;
    assert_eq!(loaded[0].attachments, [early.attachment.clone(), ready.clone()]);
    assert_eq!(loaded[1].attachments, std::slice::from_ref(&other.attachment));
    assert_eq!(attachments::count_unfinished_of(tx.conn(), ada).await.unwrap(), 1);

    let unfinished = |stored: &StoredAttachment| Unfinished { id: stored.attachment.id, number: stored.number, customer };
    assert_eq!(attachments::unfinished_before(tx.conn(), after(1), 9).await.unwrap(), []);
    assert_eq!(attachments::unfinished_before(tx.conn(), after(9), 9).await.unwrap(), [unfinished(&early), unfinished(&other)]);
    assert_eq!(attachments::unfinished_before(tx.conn(), after(9), 1).await.unwrap(), [unfinished(&early)]);
    assert!(!attachments::delete_unfinished(tx.conn(), ready.id).await.unwrap(), "what is ready stays");
    assert!(attachments::delete_unfinished(tx.conn(), early.attachment.id).await.unwrap());
    assert!(!attachments::delete_unfinished(tx.conn(), early.attachment.id).await.unwrap());

    attachments::touch(tx.conn(), one, after(5)).await.unwrap();
    attachments::touch(tx.conn(), one, after(4)).await.unwrap();
    let touched = whole(tx.conn(), &[one]).await.remove(0);
    assert_eq!((touched.row.version, touched.row.last_updated), (loaded[0].row.version + 2, after(5)), "never back");
    assert_eq!(touched.attachments, [ready]);
}
