//! What is done to desk, service and what lies between, and how it is undone.

use anyhow::Result;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tenantry_client::clock::SystemClock;
use tenantry_model::time::Clock;
use tenantry_test_kit::Change;
use tenantry_tests::demo::Demo;
use tenantry_tests::wire::Wire;

use tenantry_tests::desk_process::DeskProcess;
use tenantry_tests::disk::Disk;

/// What is tormented, in the order in which it is ended.
pub(crate) struct Scene {
    pub(crate) demo: Demo,
    pub(crate) wire: Wire,
    pub(crate) desk: DeskProcess,
    pub(crate) disk: Disk,
    /// How far service and desk are ahead of the machine's clock while nobody moves the desk's.
    pub(crate) ahead: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Torment {
    KillService,
    KillDesk,
    CutNetwork,
    /// By so many days.
    MoveClock(i64),
    FillDisk,
    /// With a restart of the desk, which needs it only then.
    LockKeychain,
    RefuseAtProvider,
    RollKeysOver,
    /// By one of [`LIES`].
    Lie(usize),
}

const DAY: i64 = 24 * 3_600;
/// Longer than an access token lasts, in seconds.
const HOURS: u64 = 2 * 3_600;

/// What gateways, portals and load balancers answer in the service's place.
const LIES: [&str; 6] = [
    "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\nContent-Length: 17\r\nConnection: close\r\n\r\n<h1>Sign in!</h1>",
    "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 21\r\nConnection: close\r\n\r\n{\"error\":\"Forbidden\"}",
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 16\r\nConnection: close\r\n\r\n<h1>Welcome</h1>",
    "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/portal\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
];

impl Torment {
    pub(crate) fn draw(random: &mut ChaCha8Rng, disk: &Disk) -> Self {
        match random.random_range(0..9) {
            0 => Self::KillService,
            1 => Self::KillDesk,
            2 => Self::CutNetwork,
            3 => Self::MoveClock(random.random_range(1..=100) * if random.random_range(0..2) == 0 { 1 } else { -1 }),
            4 if disk.can_be_filled() => Self::FillDisk,
            5 => Self::LockKeychain,
            6 => Self::RefuseAtProvider,
            7 => Self::RollKeysOver,
            _ => Self::Lie(random.random_range(0..LIES.len())),
        }
    }

    /// Whether two would be the same part.
    pub(crate) fn is_at_odds_with(self, other: Self) -> bool {
        use Torment::{CutNetwork, KillDesk, KillService, Lie, LockKeychain, RefuseAtProvider, RollKeysOver};
        let part = |torment| match torment {
            CutNetwork | Lie(_) => 1,
            KillDesk | LockKeychain => 2,
            // Without a service there is nobody to tell of it.
            KillService | RefuseAtProvider | RollKeysOver => 3,
            Self::MoveClock(_) => 4,
            Self::FillDisk => 5,
        };
        part(self) == part(other)
    }

    pub(crate) async fn begin(self, scene: &mut Scene) -> Result<()> {
        match self {
            Self::KillService => scene.demo.kill(),
            Self::KillDesk => scene.desk.kill(),
            Self::CutNetwork => scene.wire.cut(),
            Self::MoveClock(days) => scene.desk.set_clock(scene.ahead + days * DAY)?,
            Self::FillDisk => scene.disk.fill()?,
            Self::LockKeychain => {
                scene.desk.stop()?;
                scene.desk.lock_keychain(true)?;
                scene.desk.start()?;
            }
            Self::RefuseAtProvider => scene.after_hours(&[Change::EndSessions {}]).await?,
            Self::RollKeysOver => scene.after_hours(&[Change::RollOverKeys {}]).await?,
            Self::Lie(which) => scene.wire.lead_astray(LIES[which]),
        }
        Ok(())
    }

    pub(crate) async fn end(self, scene: &mut Scene) -> Result<()> {
        match self {
            Self::KillService => scene.demo.restart().await?,
            Self::KillDesk => scene.desk.start()?,
            Self::CutNetwork | Self::Lie(_) => scene.wire.mend(),
            Self::MoveClock(_) => scene.desk.set_clock(scene.ahead)?,
            Self::FillDisk => scene.disk.clear()?,
            Self::LockKeychain => scene.desk.lock_keychain(false)?,
            Self::RefuseAtProvider | Self::RollKeysOver => {}
        }
        Ok(())
    }
}

impl Scene {
    /// Changes the directory, and lets every access token run out.
    async fn after_hours(&mut self, changes: &[Change]) -> Result<()> {
        self.demo.control(&[changes, &[Change::advance(HOURS)]].concat()).await?;
        self.follow_clock()
    }

    /// Has the desk's clock go with the service's; where it was moved, it stays as far off.
    pub(crate) fn follow_clock(&mut self) -> Result<()> {
        let ahead = i64::try_from(self.demo.clock().now().since(SystemClock.now()).as_secs())?;
        let moved = self.desk.ahead - self.ahead;
        self.ahead = ahead;
        if self.desk.ahead == ahead + moved { Ok(()) } else { self.desk.set_clock(ahead + moved) }
    }
}
