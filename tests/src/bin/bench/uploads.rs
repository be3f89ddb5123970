//! A file that is added to an incident, the whole way, against a bare server that writes the same bytes into a file and syncs it: no hash, no look at what it is,
//! no rights, and nothing that could be gone on with.

use std::fs::File;
use std::io::Write as _;

use anyhow::{Context, Result, ensure};
use rand::RngCore as _;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tenantry_model::api::IncidentPage;
use tenantry_model::api::attachments::{AddAttachment, Upload};
use tenantry_model::attachment::{AttachmentState, LARGEST_ATTACHMENT};
use tenantry_tests::directory::Directory;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::estate::{Estate, PERSON};
use crate::http::{Connection, find};
use crate::table::Row;
use crate::timing::in_turn;

/// With those that warm up, fewer than an incident has attachments.
const ROUNDS: usize = 10;
/// As a desk sends them on a fast line: each twice as long as the one before.
const FIRST_PART: usize = 1024 * 1024;
const LARGEST_PART: usize = 16 * 1024 * 1024;

pub(crate) async fn largest(estate: &Estate) -> Result<Row> {
    let token = Directory::of(&estate.demo).await?.sign_in(PERSON).await?.access_token;
    let address = estate.demo.base().strip_prefix("http://").context("an http address")?.to_owned();
    let mut service = Connection::open(&address).await?;
    let page: IncidentPage = serde_json::from_slice(&service.get("/v1/incidents?limit=1", &token).await?)?;
    let row = page.items.first().context("an open incident")?;
    let (customer, number) = (row.customer_id, row.number);
    let mut content = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    content.resize(LARGEST_ATTACHMENT as usize, 0);
    ChaCha8Rng::seed_from_u64(1).fill_bytes(&mut content[16..]);
    let headers = format!("Authorization: Bearer {token}\r\nTenantry-Customer: {customer}\r\n");
    let path = format!("/v1/customers/{customer}/incidents/{number}/attachments");
    // Made while a file is chosen, before it is announced.
    let sha256: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
    let sink = Sink::start().await?;
    let mut bare = Connection::open(&sink.address).await?;
    let ours = async |round: usize| {
        let new = AddAttachment { file_name: format!("{round}.png"), size: content.len() as u64, sha256: sha256.clone() };
        let named = format!("{headers}Idempotency-Key: {}\r\nContent-Type: application/json\r\n", uuid::Uuid::from_u128(round as u128 + 1));
        let answer = service.send(&format!("POST {path}"), &named, &serde_json::to_vec(&new)?).await?;
        let mut upload: Upload = serde_json::from_slice(&answer)?;
        let part_of = format!("PATCH {path}/{}/upload", upload.attachment.id);
        let (mut at, mut part) = (0, FIRST_PART);
        while at < content.len() {
            let end = content.len().min(at + part);
            let offset = format!("{headers}Upload-Offset: {at}\r\nContent-Type: application/octet-stream\r\n");
            upload = serde_json::from_slice(&service.send(&part_of, &offset, &content[at..end]).await?)?;
            (at, part) = (end, (2 * part).min(LARGEST_PART));
        }
        ensure!(upload.attachment.state == AttachmentState::Ready, "it is not there: {upload:?}");
        Ok(())
    };
    let floor = async |_| bare.send("PUT /", "", &content).await.map(drop);
    let [ours, floor] = in_turn(ROUNDS, ours, floor).await?;
    let mebibytes = LARGEST_ATTACHMENT as f64 / (1024.0 * 1024.0);
    let rate = |milliseconds: f64| mebibytes / (milliseconds / 1_000.0);
    let name = "attachment of 50 MiB, announced to ready (floor: bare HTTP, file)";
    Ok(Row::number(name, "MiB/s", rate(ours.median()), Some(rate(floor.median()))))
}

/// Writes each body into a file of its own, syncs it, and says so.
struct Sink {
    address: String,
    task: JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sink {
    async fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // One that fails is closed, and the client says so.
                let _ = take(stream, &folder).await;
            }
        });
        Ok(Self { address, task })
    }
}

async fn take(mut stream: TcpStream, folder: &TempDir) -> Result<()> {
    stream.set_nodelay(true)?;
    for n in 0.. {
        let mut buffer = Vec::with_capacity(256 * 1024);
        let head = loop {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
            if let Some(head) = find(&buffer, b"\r\n\r\n") {
                break head;
            }
        };
        let length =
            std::str::from_utf8(&buffer[..head])?.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.parse::<usize>().ok());
        let mut left = length.context("no length")?;
        let mut file = File::create(folder.path().join(n.to_string()))?;
        buffer.drain(..head + 4);
        loop {
            left = left.saturating_sub(buffer.len());
            (file, buffer) = tokio::task::spawn_blocking(move || file.write_all(&buffer).map(|()| (file, buffer))).await??;
            if left == 0 {
                break;
            }
            buffer.clear();
            ensure!(stream.read_buf(&mut buffer).await? > 0, "the connection was closed");
        }
        tokio::task::spawn_blocking(move || file.sync_all()).await??;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await?;
    }
    Ok(())
}
