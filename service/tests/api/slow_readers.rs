//! Who reads slowly, or not at all: over real connections, against the service as it is served.

use std::net::SocketAddr;
use std::time::Duration;

use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::UserKey;
use tenantry_model::time::Clock;
use tenantry_service::config::Limits;
use tenantry_service::serve::serve;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{interval, sleep, timeout};

use crate::support::{NewIncident, TestApp, number};

/// For what must happen sooner or later.
const PATIENCE: Duration = Duration::from_secs(60);
struct Served {
    app: TestApp,
    address: SocketAddr,
    users: Vec<UserKey>,
}

impl Served {
    /// With so many open incidents: more than a connection holds unread.
    async fn with(incidents: u32, limits: Limits) -> Self {
        let app = TestApp::with_limits(limits).await;
        let estate = app.estate();
        let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
        let customer = estate.tenant(2, "Customer", "CUSTOM", false, true).await;
        let room = estate.room(customer, 3, "Room").await;
        estate.delegate(partner, customer, &[room], PermissionSet::ALL).await;
        let mut users = vec![];
        for n in 0..5 {
            let user = estate.user(partner, 100 + n, "Ada").await;
            estate.assign(200 + n, customer, Some(partner), user, PermissionSet::ALL, &[], &[]).await;
            users.push(user);
        }
        let now = app.clock.now();
        estate.incidents((0..incidents).map(|n| NewIncident::new(number("CUSTOM", 1_000 + n), customer, &[room], now))).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(listener, app.router.clone(), app.state.clone()));
        Self { app, address, users }
    }

    /// Asks for a first sync and reads the first bytes of the answer.
    async fn begin(&self, user: usize) -> Reading {
        let socket = TcpSocket::new_v4().unwrap();
        // So that little is read on its behalf.
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        let mut stream = socket.connect(self.address).await.unwrap();
        let token = self.app.token(self.users[user]);
        let request = format!("GET /v1/sync HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut reading = Reading { stream, read: vec![0; 64] };
        timeout(PATIENCE, reading.stream.read_exact(&mut reading.read)).await.expect("it begins").unwrap();
        reading
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.app.state.shutdown().cancel();
    }
}

struct Reading {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Reading {
    fn is_ok(&self) -> bool {
        self.read.starts_with(b"HTTP/1.1 200")
    }

    /// Reads to the end, and says whether all was there.
    async fn read_whole(self) -> bool {
        let Self { mut stream, mut read } = self;
        // A connection that is reset holds no more.
        let _ = timeout(PATIENCE, stream.read_to_end(&mut read)).await.expect("it ends");
        ends_well(&read)
    }

    /// As [`Reading::read_whole`], so many bytes in each of those times; and how many there were.
    async fn read_whole_slowly(self, bytes: usize, every: Duration) -> (bool, u32) {
        let Self { mut stream, mut read } = self;
        let mut ticks = interval(every);
        let slowly = async {
            for tick in 0.. {
                ticks.tick().await;
                let before = read.len();
                while read.len() < before + bytes {
                    match stream.read_buf(&mut read).await {
                        Ok(0) | Err(_) => return (ends_well(&read), tick),
                        Ok(_) => {}
                    }
                }
            }
            unreachable!("it reads until the end")
        };
        timeout(PATIENCE, slowly).await.expect("it ends")
    }
}

/// A whole answer has a checkpoint in its last line, and the end of its last chunk.
fn ends_well(read: &[u8]) -> bool {
    let end = String::from_utf8_lossy(&read[read.len().saturating_sub(600)..]).into_owned();
    end.contains("\"checkpoint\"") && end.ends_with("0\r\n\r\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn fault_11_three_slow_readers_of_a_first_sync_hold_up_nobody_and_finish() {
    let served = Served::with(12_000, Limits { requests_per_s: None, ..Limits::default() }).await;
    let slow = [served.begin(0).await, served.begin(1).await, served.begin(2).await];
    assert!(slow.iter().all(Reading::is_ok));
    // They read nothing more; somebody else gets all meanwhile.
    for _ in 0..2 {
        let other = served.begin(3).await;
        assert!(other.is_ok(), "{:?}", String::from_utf8_lossy(&other.read));
        assert!(other.read_whole().await);
    }
    for reading in slow {
        assert!(reading.read_whole().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fault_14_unread_syncs_of_one_user_hold_up_nobody_and_the_latest_is_whole() {
    let served = Served::with(12_000, Limits { requests_per_s: None, syncs_per_user: 4, ..Limits::default() }).await;
    let mut unread = vec![];
    for n in 0..7 {
        let reading = served.begin(0).await;
        assert!(reading.is_ok(), "{n}: {:?}", String::from_utf8_lossy(&reading.read));
        unread.push(reading);
    }
    let other = served.begin(3).await;
    assert!(other.is_ok(), "{:?}", String::from_utf8_lossy(&other.read));
    assert!(other.read_whole().await);
    let latest = unread.pop().unwrap();
    assert!(latest.read_whole().await);
    assert!(!unread.swap_remove(0).read_whole().await, "the oldest was ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn fault_14_who_takes_nothing_of_an_answer_is_hung_up_on_and_who_is_slow_is_not() {
    let write_timeout = Duration::from_secs(6);
    let limits = Limits { requests_per_s: None, write_timeout, ..Limits::default() };
    let served = Served::with(12_000, limits).await;
    let (dead, slow) = (served.begin(0).await, served.begin(1).await);
    let (whole, ticks) = slow.read_whole_slowly(60_000, Duration::from_millis(100)).await;
    assert!(whole, "it was alive");
    assert!(ticks > 60, "{ticks}: longer than the other may let its answer lie");
    // When the other's answer began to lie is not seen from here, and on a busy machine it is later than one would think.
    sleep(write_timeout * 2).await;
    assert!(!dead.read_whole().await, "nobody read it");
}
