//! Files of incidents between two desks, whatever breaks off in between (R82).

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tenantry_model::attachment::{Attachment, AttachmentState};
use tenantry_model::ipc::{AttachmentRef, FormId, IncidentRef, NewUpload, SaveArgs, Transfer, TransferState, UPLOAD_PART, UploadPart};
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

/// Long enough that it is cut off in its middle.
const SIZE: usize = 40 * 1024 * 1024;

fn form(n: u128) -> FormId {
    FormId(Uuid::from_u128(n))
}

fn picture() -> Vec<u8> {
    let noise = (0_u32..).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8);
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".iter().copied().chain(noise).take(SIZE).collect()
}

async fn transfer(desk: &Desk, incident: IncidentRef) -> Result<Transfer> {
    desk.engine().get_transfers(incident).await?.pop().context("nothing is on its way")
}

async fn attachments(desk: &Desk, incident: IncidentRef) -> Result<Vec<Attachment>> {
    Ok(desk.engine().get_incident(incident).await?.incident.attachments)
}

/// The network goes, and then the service dies, in the middle of an upload; it goes on by itself. At another desk the network goes in the middle of saving
/// it. Both have the same file.
#[tokio::test(flavor = "multi_thread")]
async fn r82_a_file_that_is_cut_off_in_its_middle_goes_on_by_itself_and_is_the_same_at_another_desk() -> Result<()> {
    let mut demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let wire = Wire::to(&demo).await?;
    let anna = Desk::signed_in_through(&wire, estate.anna).await?;
    let alpen = estate.alpen.id;
    let incident = IncidentRef { customer_id: alpen, number: anna.active(Some(alpen)).await?[0].number };
    let content = picture();
    let new = NewUpload { form: form(1), incident, file_name: "Raum 3.png".into(), size: SIZE as u64 };
    anna.engine().open_upload(new).await?;
    for (at, part) in content.chunks(UPLOAD_PART as usize).enumerate() {
        let part = UploadPart { form: form(1), offset: at as u64 * UPLOAD_PART, base64: STANDARD.encode(part) };
        anna.engine().add_to_upload(part).await?;
    }
    for cut in 1..=2_u64 {
        until(SOON, "a part of it has arrived", || async { Ok(transfer(&anna, incident).await?.done >= cut * 4 * 1024 * 1024) }).await?;
        wire.cut();
        let arrived = transfer(&anna, incident).await?;
        ensure!(arrived.done < SIZE as u64, "it was too fast to be cut off: {arrived:?}");
        until(SOON, "it waits", || async { Ok(transfer(&anna, incident).await?.state == TransferState::Waiting) }).await?;
        if cut == 2 {
            demo.kill();
            demo.restart().await?;
        }
        wire.mend();
    }
    let is_done = || async { Ok(transfer(&anna, incident).await?.state == TransferState::Done) };
    until(Duration::from_secs(60), "it has arrived", is_done).await?;
    anna.holds_nowhere("Raum 3.png")?;

    let other_wire = Wire::to(&demo).await?;
    let other = Desk::signed_in_through(&other_wire, estate.anna).await?;
    let has = || async { Ok(attachments(&other, incident).await?.first().is_some_and(|one| one.state == AttachmentState::Ready)) };
    until(SOON, "the other desk has it", has).await?;
    let attachment = attachments(&other, incident).await?.remove(0);
    ensure!((attachment.file_name.as_str(), attachment.size) == ("Raum 3.png", SIZE as u64), "{attachment:?}");
    let args = SaveArgs { form: form(2), attachment: AttachmentRef { incident, id: attachment.id } };
    let (saved, cut) = tokio::join!(other.engine().save_attachment(args), async {
        until(SOON, "a part of it is here", || async {
            let on_its_way = other.engine().get_transfers(incident).await?.pop();
            Ok(on_its_way.is_some_and(|one| one.done > 0))
        })
        .await?;
        other_wire.cut();
        let done = other.engine().get_transfers(incident).await?.pop().map(|one| one.done);
        other_wire.mend();
        anyhow::Ok(done)
    });
    ensure!(cut?.is_some_and(|done| done < SIZE as u64), "it was too fast to be cut off");
    let saved = saved?.path;
    ensure!(std::fs::read(&saved)? == content, "{saved} is another file");
    anna.catch_up().await?;
    ensure!(attachments(&anna, incident).await? == [attachment]);
    Ok(())
}
