//! The wire between one desk and the service: it can be cut, so that the service changes while a client is off line, and somebody in between can
//! answer in the service's place.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use tenantry_test_kit::ManualClock;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::demo::Demo;

/// Where a wire leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leads {
    ToTheService,
    Nowhere,
    /// To somebody who answers everything so.
    Astray(&'static str),
}

/// Passes bytes on to the service, until it is cut.
pub struct Wire {
    address: SocketAddr,
    leads: watch::Sender<Leads>,
    task: JoinHandle<()>,
    clock: Arc<ManualClock>,
}

impl Wire {
    /// A wire to this service.
    pub async fn to(demo: &Demo) -> Result<Self> {
        let target: SocketAddr = demo.base().strip_prefix("http://").context("an http address")?.parse()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (leads, state) = watch::channel(Leads::ToTheService);
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let now = *state.borrow();
                match now {
                    Leads::ToTheService => drop(tokio::spawn(pass(near, target, state.clone()))),
                    Leads::Nowhere => {}
                    Leads::Astray(answer) => drop(tokio::spawn(mislead(near, answer))),
                }
            }
        });
        Ok(Self { address, leads, task, clock: demo.clock() })
    }

    /// The service's clock.
    pub(crate) fn clock(&self) -> Arc<ManualClock> {
        Arc::clone(&self.clock)
    }

    /// The address of its near end.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on nothing gets through, and what was on the way is lost.
    pub fn cut(&self) {
        self.leads.send_replace(Leads::Nowhere);
    }

    /// From now on everything that is asked gets this answer, a whole HTTP response, as from a gateway's sign-in page.
    pub fn lead_astray(&self, answer: &'static str) {
        self.leads.send_replace(Leads::Astray(answer));
    }

    /// From now on new connections get through.
    pub fn mend(&self) {
        self.leads.send_replace(Leads::ToTheService);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.leads.send_replace(Leads::Nowhere);
        self.task.abort();
    }
}

async fn pass(mut near: TcpStream, target: SocketAddr, mut leads: watch::Receiver<Leads>) {
    let Ok(mut far) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = leads.wait_for(|leads| *leads != Leads::ToTheService) => {}
    }
}

async fn mislead(mut near: TcpStream, answer: &str) {
    let mut head = vec![];
    let mut part = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match near.read(&mut part).await {
            Ok(read) if read > 0 => head.extend_from_slice(&part[..read]),
            _ => return,
        }
    }
    // Whoever does not wait for the answer has gone already.
    let _ = near.write_all(answer.as_bytes()).await;
    let _ = near.shutdown().await;
}
