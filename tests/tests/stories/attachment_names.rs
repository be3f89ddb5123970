//! Names of files that mean no good: they are text everywhere, and safe on the disk of whoever saves them (R82).

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tenantry_model::attachment::AttachmentState;
use tenantry_model::ipc::{AttachmentRef, FormId, IncidentRef, NewUpload, SaveArgs, UploadPart};
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

/// What neither Windows nor Linux takes in a name, or what a shell or terminal takes for more than a name.
const NOT_IN_NAMES: [char; 9] = ['<', '>', ':', '"', '|', '?', '*', '/', '\\'];
const DEVICES: [&str; 5] = ["con", "nul", "aux", "com1", "lpt1"];

fn names() -> [String; 12] {
    [
        "<img src=x onerror=alert(1)>.png".into(),
        "&lt;b&gt; ' \" {{7*7}} ${x}.png".into(),
        "تقرير الغرفة 3.png".into(),
        format!("{}.png", "x".repeat(196)),
        format!("Zalgo {}.png", "e\u{301}\u{302}\u{303}".repeat(8)),
        "🔥💧🇩🇪 Raum.png".into(),
        "=cmd|' !A0.png".into(),
        "CON.png".into(),
        "COM1.tar.png".into(),
        ".bashrc.png".into(),
        "$(reboot);`id` -rf %2e%2e%2f.png".into(),
        "+49 89 @SUM(1)\u{a0}: a?*.png".into(),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn r82_twelve_hostile_names_are_text_in_the_list_and_safe_on_the_disk() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let (anna, other) = (Desk::signed_in(&demo, estate.anna).await?, Desk::signed_in(&demo, estate.anna).await?);
    let alpen = estate.alpen.id;
    let incident = IncidentRef { customer_id: alpen, number: anna.active(Some(alpen)).await?[0].number };
    let content = |n: usize| [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), n.to_string().as_bytes()].concat();
    let names = names();
    for (n, name) in names.iter().enumerate() {
        let (form, content) = (FormId(Uuid::from_u128(n as u128 + 1)), content(n));
        let new = NewUpload { form, incident, file_name: name.clone(), size: content.len() as u64 };
        anna.engine().open_upload(new).await.with_context(|| name.clone())?;
        anna.engine().add_to_upload(UploadPart { form, offset: 0, base64: STANDARD.encode(content) }).await?;
    }
    until(SOON, "all have arrived", || async { Ok(anna.engine().get_waiting_files().await?.is_empty()) }).await?;
    let listed = async || anyhow::Ok(other.engine().get_incident(incident).await?.incident.attachments);
    until(SOON, "the other desk lists them", || async {
        Ok(listed().await?.iter().filter(|one| one.state == AttachmentState::Ready).count() == names.len())
    })
    .await?;
    let attachments = listed().await?;
    for (n, name) in names.iter().enumerate() {
        let found = attachments.iter().find(|one| one.file_name == *name).with_context(|| format!("{name} is not in the list"))?;
        let args = SaveArgs { form: FormId(Uuid::from_u128(100 + n as u128)), attachment: AttachmentRef { incident, id: found.id } };
        let saved = other.engine().save_attachment(args).await.with_context(|| name.clone())?.path;
        let path = Path::new(&saved);
        ensure!(path.parent() == Some(other.folder().join("downloads").as_path()), "{saved} is elsewhere");
        ensure!(std::fs::read(path)? == content(n), "{saved} is another file");
        let on_disk = path.file_name().and_then(|name| name.to_str()).context("a name")?;
        let stem = on_disk.split('.').next().unwrap_or_default().to_lowercase();
        let is_safe = !on_disk.contains(NOT_IN_NAMES)
            && !on_disk.chars().any(char::is_control)
            && !on_disk.starts_with('.')
            && !on_disk.ends_with(['.', ' '])
            && on_disk.len() <= 255
            && !DEVICES.contains(&stem.as_str());
        ensure!(is_safe, "{name:?} is saved as {on_disk:?}");
    }
    Ok(())
}
