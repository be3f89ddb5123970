//! Polling with a deadline, instead of sleeping for luck.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long nearly everything here may take at most, on a slow machine.
pub const SOON: Duration = Duration::from_secs(30);

/// How long a change may take to reach a client that is on line: the promise that the stories check.
pub const AT_ONCE: Duration = Duration::from_secs(5);

const PAUSE: Duration = Duration::from_millis(20);

/// Asks `look` again and again until it answers `Some`. After `limit` it fails and names `what` was waited for.
pub async fn eventually<T, F>(limit: Duration, what: &str, mut look: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let start = Instant::now();
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if start.elapsed() > limit {
            bail!("after {limit:?} still not: {what}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Asks `holds` again and again until it answers true.
pub async fn until<F>(limit: Duration, what: &str, mut holds: impl FnMut() -> F) -> Result<()>
where
    F: Future<Output = Result<bool>>,
{
    eventually(limit, what, || {
        let answer = holds();
        async move { Ok(answer.await?.then_some(())) }
    })
    .await
}

/// Looks at `holds` for all of `span` and fails as soon as it is false: for what must *not* happen.
pub async fn throughout<F>(span: Duration, what: &str, mut holds: impl FnMut() -> F) -> Result<()>
where
    F: Future<Output = Result<bool>>,
{
    let start = Instant::now();
    while start.elapsed() < span {
        if !holds().await? {
            bail!("no longer so after {:?}: {what}", start.elapsed());
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
