//! The wire between one desk and the service, to be cut: so that the service can change while a client is off line.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::demo::Demo;

/// Passes bytes on to the service, until it is cut.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    whole: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Wire {
    /// A wire to this service.
    pub async fn to(demo: &Demo) -> Result<Self> {
        let target: SocketAddr = demo.base().strip_prefix("http://").context("an http address")?.parse()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (whole, state) = watch::channel(true);
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                if *state.borrow() {
                    tokio::spawn(pass(near, target, state.clone()));
                }
            }
        });
        Ok(Self { address, whole, task })
    }

    /// The address of its near end.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on nothing gets through, and what was on the way is lost.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// From now on new connections get through.
    pub fn mend(&self) {
        self.whole.send_replace(true);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.whole.send_replace(false);
        self.task.abort();
    }
}

async fn pass(mut near: TcpStream, target: SocketAddr, mut whole: watch::Receiver<bool>) {
    let Ok(mut far) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = whole.wait_for(|whole| !whole) => {}
    }
}
