//! What somebody saves as a view at one desk is there at each of theirs, and at nobody else's.

use anyhow::{Context as _, Result, ensure};
use tenantry_model::api::saved_views::{SaveView, SavedView, ViewPage};
use tenantry_model::id::SavedViewId;
use tenantry_model::ipc::{CountQuery, EndOf, IncidentFilter, IpcErrorKind, SaveFilterArgs};
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{AT_ONCE, SOON, until};
use tenantry_tests::wire::Wire;
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

fn view(n: u128, name: &str, filter: &str, version: Option<u64>, position: Option<u32>) -> SaveFilterArgs {
    let view = SaveView { name: name.into(), page: ViewPage::Incidents, filter: filter.into(), position };
    SaveFilterArgs { id: SavedViewId::from_uuid(Uuid::from_u128(n)), version, view }
}

async fn names(desk: &Desk) -> Result<Vec<String>> {
    Ok(desk.engine().list_views().await?.into_iter().map(|view| view.name).collect())
}

async fn wait_names(desk: &Desk, wanted: &[&str]) -> Result<()> {
    until(AT_ONCE, &format!("the views {wanted:?}"), || async { Ok(names(desk).await? == wanted) }).await
}

async fn count(desk: &Desk, view: &SavedView) -> Result<u32> {
    let filter: tenantry_model::filter::Filter = view.filter.parse()?;
    let counted = desk.engine().count_incidents(CountQuery { filters: vec![IncidentFilter::from(&filter)] }).await?;
    Ok(counted.counts[0].context("its customer is not here")?.count)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_at_each_desk_of_its_user_within_seconds_off_line_too_and_at_nobody_elses() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let wire = Wire::to(&demo).await?;
    let (one, two) = (Desk::signed_in(&demo, estate.anna).await?, Desk::signed_in_through(&wire, estate.anna).await?);
    let bert = Desk::signed_in(&demo, estate.bert).await?;
    for (n, name, filter) in [(1, "Alle", ""), (2, "Kritisch", "sev:critical")] {
        one.engine().save_filter(view(n, name, filter, None, None)).await?;
    }
    for desk in [&one, &two] {
        wait_names(desk, &["Alle", "Kritisch"]).await?;
    }
    let all = &two.engine().list_views().await?[0];
    let listed = u32::try_from(two.active(None).await?.len())?;
    ensure!(listed > 0 && count(&two, all).await? == listed, "a view counts what the list shows");

    // What is wrong is said at its field, and nothing of it is kept.
    let refused = two.engine().save_filter(view(3, "Neu", "stat:x", None, None)).await.unwrap_err();
    ensure!(refused.fields.first().is_some_and(|field| field.code == "filter-invalid"), "{refused:?}");
    // Changed at both: the later one hears that it is another by now.
    two.engine().save_filter(view(2, "Wichtig", "sev:important", Some(1), Some(0))).await?;
    let stale = one.engine().save_filter(view(2, "Anders", "sev:warning", Some(1), None)).await.unwrap_err();
    ensure!(stale.kind == IpcErrorKind::Stale, "{stale:?}");
    wait_names(&one, &["Wichtig", "Alle"]).await?;

    wire.cut();
    two.wait_offline().await?;
    ensure!(names(&two).await? == ["Wichtig", "Alle"]);
    let refused = two.engine().save_filter(view(4, "Off line", "", None, None)).await.unwrap_err();
    ensure!(refused.kind == IpcErrorKind::Offline, "{refused:?}");
    one.engine().delete_view(EndOf { key: SavedViewId::from_uuid(Uuid::from_u128(1)), version: 1 }).await?;
    wire.mend();
    until(SOON, "it is gone there, too", || async { Ok(names(&two).await? == ["Wichtig"]) }).await?;

    bert.catch_up().await?;
    ensure!(names(&bert).await?.is_empty(), "{:?}", names(&bert).await?);
    Ok(())
}
