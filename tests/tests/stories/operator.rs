//! What an operator changes by `tenantry-service apply` while the service runs.

use std::time::Duration;

use anyhow::{Result, ensure};
use tenantry_test_kit::Change;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::world::SmallEstate;

/// How long it may take until a revoked right is gone from an open desk, from the end of the process that revoked it.
const REVOKED_WITHIN: Duration = Duration::from_secs(2);

/// By then a desk has answered to every nudge that it had heard.
const QUIET: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_apply_revokes_is_gone_from_an_open_desk_within_two_seconds() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let (alpen, birke) = (estate.alpen.id, estate.birke.id);
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    // What arrives by itself shows that the event stream is open.
    demo.control(&[Change::RenameTenant { tenant: birke, display_name: "Birkenhain".into() }]).await?;
    let renamed = || async { Ok(anna.customer(birke).await?.is_some_and(|row| row.display_name == "Birkenhain")) };
    until(SOON, "the desk hears of changes", renamed).await?;
    ensure!(!anna.active(Some(alpen)).await?.is_empty(), "there are rows to lose");

    // No nudge of what came before is on its way: the desk could learn of the revoke by that one.
    tokio::time::sleep(QUIET).await;
    demo.apply(&[Change::DeleteAssignment { assignment: estate.alpen.anna }]).await?;
    let gone = || async {
        let rows = anna.active(None).await?;
        Ok(rows.iter().all(|row| row.customer_id == birke) && anna.customer(alpen).await?.is_none())
    };
    until(REVOKED_WITHIN, "no row of the customer is left", gone).await?;
    ensure!(!anna.active(Some(birke)).await?.is_empty(), "the other customer's rows stay");
    anna.stop().await;
    Ok(())
}
