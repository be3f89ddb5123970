//! Files of incidents (R82): announced, sent in parts, and ready once the whole of it was checked. Any incident takes them, also a resolved one.
//!
//! Content is no business of this module: [`crate::attachments`] receives, checks and keeps it.

use std::time::Duration;

use tenantry_model::api::attachments::{AddAttachment, Upload};
use tenantry_model::api::incidents::IncidentChanged;
use tenantry_model::attachment::{Attachment, AttachmentState, FileName, FileType, LARGEST_ATTACHMENT, MOST_ATTACHMENTS, is_sha256};
use tenantry_model::audit::AuditOperation;
use tenantry_model::id::{AttachmentId, TenantId};
use tenantry_model::problem::FieldCode;
use tenantry_model::text::TicketNumber;

use super::found::{Found, entry, find, find_in, record_change};
use super::read;
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::attachments::{self, StoredAttachment, Unfinished};
use crate::store::{Conn, Tx};

/// So many files one person may have begun to send and not finished.
const MOST_UNFINISHED: usize = 20;
/// What is not sent to its end for so long is given up.
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
/// How many abandoned ones one transaction gives up.
const AT_ONCE: u32 = 100;
/// What the audit log says of a file: how it stands, and never its name.
const FIELD: &str = "attachments";

/// Where an attachment is asked for: everything that its address names.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub customer: TenantId,
    pub number: TicketNumber,
    pub id: AttachmentId,
}

/// Announces a file. The caller sends it then, in their own name.
pub async fn begin(tx: &mut Tx, caller: &Caller, at: (TenantId, TicketNumber), new: &AddAttachment, random: &dyn Random) -> Result<Upload> {
    let (customer, number) = at;
    let actor = Actor::Caller(caller);
    let found = find(tx, actor, Some(customer), number).await?;
    let file_name = name(&new.file_name)?;
    match new.size {
        0 => return Err(Error::field(FieldCode::FileEmpty, "#/size", "there is nothing in the file")),
        1..=LARGEST_ATTACHMENT => {}
        size => {
            return Err(Error::field(
                FieldCode::FileTooLarge,
                "#/size",
                format!("at most {LARGEST_ATTACHMENT} bytes (50 MiB), not {size}"),
            ));
        }
    }
    if !is_sha256(&new.sha256) {
        return Err(Error::field(FieldCode::HashInvalid, "#/sha256", "64 hexadecimal digits in small letters"));
    }
    if attachments::of_incidents(tx.conn(), &[number]).await?.len() >= MOST_ATTACHMENTS {
        let why = format!("the incident has {MOST_ATTACHMENTS} attachments already: pack several files into one archive elsewhere");
        return Err(Error::field(FieldCode::FilesTooMany, "#", why));
    }
    if attachments::count_unfinished_of(tx.conn(), caller.user).await? >= MOST_UNFINISHED {
        let why = format!("you have begun to send {MOST_UNFINISHED} files that did not arrive: finish or cancel one first");
        return Err(Error::field(FieldCode::FilesTooMany, "#", why));
    }
    let attachment = Attachment {
        id: AttachmentId::from_uuid(uuid_v7(tx.now(), random)),
        file_name: file_name.as_str().to_owned(),
        size: new.size,
        date: tx.now(),
        state: AttachmentState::Uploading,
        file_type: None,
        sha256: new.sha256.clone(),
        author: caller.display_name.clone(),
    };
    let stored = StoredAttachment { attachment, number, by: caller.user };
    attachments::add(tx.conn(), &stored).await?;
    let changed = changed(tx, &found).await?;
    tx.audit(found.entry(actor, AuditOperation::Update).added(FIELD, AttachmentState::Uploading.as_str())).await?;
    Ok(Upload { attachment: stored.attachment, offset: 0, incident: Some(changed) })
}

/// A file that the caller sends, or has sent, while they may still add to the incident. For anybody else there is no such thing.
pub async fn own_upload(conn: &mut Conn, caller: &Caller, place: Place) -> Result<StoredAttachment> {
    find_in(conn, Actor::Caller(caller), Some(place.customer), place.number).await?;
    of_caller(conn, caller, place).await
}

/// The whole of it is there, and is this.
pub async fn finish(tx: &mut Tx, caller: &Caller, place: Place, file_type: FileType) -> Result<Upload> {
    let actor = Actor::Caller(caller);
    let found = find(tx, actor, Some(place.customer), place.number).await?;
    let StoredAttachment { attachment, .. } = of_caller(tx.conn(), caller, place).await?;
    let offset = attachment.size;
    if attachment.state == AttachmentState::Ready {
        return Ok(Upload { attachment, offset, incident: None });
    }
    attachments::set_ready(tx.conn(), place.id, file_type).await?;
    let incident = changed(tx, &found).await?;
    let entry = found.entry(actor, AuditOperation::Update);
    tx.audit(entry.changed(FIELD, AttachmentState::Uploading.as_str(), AttachmentState::Ready.as_str())).await?;
    let attachment = Attachment { state: AttachmentState::Ready, file_type: Some(file_type), ..attachment };
    Ok(Upload { attachment, offset, incident: Some(incident) })
}

/// Whether it is there to be read, whoever asks.
pub async fn is_ready(conn: &mut Conn, id: AttachmentId) -> Result<bool> {
    let found = attachments::find(conn, id).await?;
    Ok(found.is_some_and(|found| found.attachment.state == AttachmentState::Ready))
}

/// The caller sends it no further. What is ready stays.
pub async fn give_up(tx: &mut Tx, caller: &Caller, place: Place) -> Result<()> {
    let actor = Actor::Caller(caller);
    let found = find(tx, actor, Some(place.customer), place.number).await?;
    of_caller(tx.conn(), caller, place).await?;
    if !attachments::delete_unfinished(tx.conn(), place.id).await? {
        return Err(Error::conflict("It has arrived already, and stays."));
    }
    changed(tx, &found).await?;
    tx.audit(found.entry(actor, AuditOperation::Update).removed(FIELD, AttachmentState::Uploading.as_str())).await
}

/// The service's part, once a day has gone by: some of those that were not sent to their end. How many.
pub async fn give_up_abandoned(tx: &mut Tx) -> Result<usize> {
    let before = tx.now().minus(ABANDONED_AFTER);
    let abandoned = attachments::unfinished_before(tx.conn(), before, AT_ONCE).await?;
    for Unfinished { id, number, customer } in &abandoned {
        attachments::delete_unfinished(tx.conn(), *id).await?;
        let now = tx.now();
        attachments::touch(tx.conn(), *number, now).await?;
        record_change(tx, *customer, *number, &[]).await?;
        let entry = entry(Actor::Service, *customer, *number, AuditOperation::Update);
        tx.audit(entry.removed(FIELD, AttachmentState::Uploading.as_str())).await?;
    }
    Ok(abandoned.len())
}

/// One that is ready, of an incident that the caller sees.
pub async fn ready(conn: &mut Conn, caller: &Caller, place: Place) -> Result<Attachment> {
    let Place { customer, number, id } = place;
    read::row(conn, caller, customer, number).await?;
    let found = attachments::find(conn, id).await?.filter(|stored| stored.number == number).map(|stored| stored.attachment);
    found.filter(|attachment| attachment.state == AttachmentState::Ready).ok_or(Error::not_found())
}

async fn of_caller(conn: &mut Conn, caller: &Caller, place: Place) -> Result<StoredAttachment> {
    let stored = attachments::find(conn, place.id).await?;
    stored.filter(|stored| stored.number == place.number && stored.by == caller.user).ok_or(Error::not_found())
}

/// A name whose extension claims something that an attachment may be, or claims nothing.
fn name(text: &str) -> Result<FileName> {
    const POINTER: &str = "#/fileName";
    let name: FileName = text.parse().map_err(|why| Error::field(FieldCode::FileNameInvalid, POINTER, format!("{why}")))?;
    match name.extension() {
        Some(extension) if FileType::claimed_by(&extension).is_none() => {
            Err(Error::field(FieldCode::FileTypeRefused, POINTER, "pictures, videos, logs and archives of logs alone"))
        }
        _ => Ok(name),
    }
}

async fn changed(tx: &mut Tx, found: &Found) -> Result<IncidentChanged> {
    let (number, now) = (found.state.number, tx.now());
    attachments::touch(tx.conn(), number, now).await?;
    record_change(tx, found.state.customer, number, &[]).await?;
    Ok(found.raised(1))
}
