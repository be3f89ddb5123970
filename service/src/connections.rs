//! Connections: how many, how long the head of a request may take, how large it may be, how long an answer may lie unread. `axum::serve` has no
//! such bounds.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::config::Limits;
use crate::http::{Counted, network_of};
use crate::write_timeout::WriteTimeout;

/// The longest head of a request, in bytes. Access tokens have up to 16 KB.
const HEAD_BYTES: usize = 32 * 1024;
/// The part of all connections that one address may have. A proxy in front has all.
const OF_ONE_ADDRESS: usize = 8;
/// A listener that cannot take a connection, for want of descriptors, waits this long.
const EXHAUSTED: Duration = Duration::from_millis(200);

/// Serves connections until `stop` is cancelled, then until the requests that are in progress are answered.
/// A connection that fails ends alone.
pub(crate) async fn serve(listener: TcpListener, router: Router, limits: &Limits, stop: CancellationToken) {
    // HTTP/1.1 alone, as proxies speak it to what is behind them: its time limit for heads covers idle connections too.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head_timeout).max_buf_size(HEAD_BYTES);
    let builder = Arc::new(builder);
    let connections = limits.connections.min(descriptors());
    let of_one_address = if limits.behind_proxy { connections } else { (connections / OF_ONE_ADDRESS).max(1) };
    let places = Arc::new(Semaphore::new(connections));
    let addresses = Arc::default();
    let graceful = GracefulShutdown::new();
    loop {
        // Whoever comes when all are taken waits in the listener's queue.
        let accepted = async {
            let place = places.clone().acquire_owned().await.map_err(std::io::Error::other)?;
            Ok::<_, std::io::Error>((place, listener.accept().await?))
        };
        let (place, (stream, peer)) = tokio::select! {
            accepted = accepted => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(EXHAUSTED).await;
                    continue;
                }
            },
            () = stop.cancelled() => break,
        };
        let Some(counted) = Counted::one(&addresses, network_of(peer.ip()), of_one_address) else { continue };
        // Answers are written whole: waiting for more only delays them.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = router.clone().oneshot(request);
            async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
        });
        let (builder, watcher, told) = (builder.clone(), graceful.watcher(), stop.clone());
        let (head_timeout, write_timeout) = (limits.head_timeout, limits.write_timeout);
        tokio::spawn(async move {
            // hyper's own time limit begins with the first byte.
            let mut first = [0];
            let spoke = tokio::select! {
                spoke = tokio::time::timeout(head_timeout, stream.peek(&mut first)) => matches!(spoke, Ok(Ok(1))),
                () = told.cancelled() => false,
            };
            if spoke {
                let served =
                    watcher.watch(builder.serve_connection(TokioIo::new(WriteTimeout::new(stream, write_timeout)), service).into_owned());
                if let Err(error) = served.await {
                    tracing::debug!(%error, "a connection ended");
                }
            }
            drop((place, counted));
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// How many descriptors connections may take, after the system's limit was raised as far as it lets itself be: some are the database's.
#[cfg(unix)]
fn descriptors() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const KEPT: usize = 128;
    let limit = getrlimit(Resource::Nofile);
    let wanted = reachable(limit.current, limit.maximum, MOST_ASKED_FOR);
    // Where it may not be raised, what there is has to do.
    let raised = setrlimit(Resource::Nofile, Rlimit { current: wanted, ..limit }).is_ok();
    let most = if raised { wanted } else { limit.current };
    most.and_then(|most| usize::try_from(most).ok())
        .map_or(usize::MAX, |most| most.saturating_sub(KEPT).max(KEPT))
        .min(Semaphore::MAX_PERMITS)
}

/// macOS takes no more than `OPEN_MAX` for a limit, and names a hard limit of "unlimited" (setrlimit(2)).
#[cfg(unix)]
const MOST_ASKED_FOR: Option<u64> = if cfg!(target_os = "macos") { Some(10_240) } else { None };

/// What a limit can be raised to; none for no limit. Never less than it is.
#[cfg(unix)]
fn reachable(current: Option<u64>, hard: Option<u64>, most: Option<u64>) -> Option<u64> {
    let raised = match (hard, most) {
        (Some(hard), Some(most)) => Some(hard.min(most)),
        (hard, most) => hard.or(most),
    };
    current.and_then(|current| Some(raised?.max(current)))
}

#[cfg(not(unix))]
fn descriptors() -> usize {
    Semaphore::MAX_PERMITS
}

#[cfg(all(test, unix))]
mod tests {
    use super::reachable;

    #[test]
    fn fault_24_a_limit_is_raised_as_far_as_the_system_takes_it() {
        // Linux: to the hard limit.
        assert_eq!(reachable(Some(1_024), Some(524_288), None), Some(524_288));
        assert_eq!(reachable(Some(1_024), None, None), None);
        // macOS, as it comes: 256, "unlimited", and no more than OPEN_MAX.
        assert_eq!(reachable(Some(256), None, Some(10_240)), Some(10_240));
        assert_eq!(reachable(Some(256), Some(4_096), Some(10_240)), Some(4_096));
        // What somebody raised further stays.
        assert_eq!(reachable(Some(20_000), None, Some(10_240)), Some(20_000));
    }
}
