//! What the tests of the app and the service together are built from.
//!
//! The service runs as a process of its own, since it links another SQLite than the client does: `cargo build -p tenantry-service` first, or
//! name a binary in `TENANTRY_SERVICE_BIN`. A story reads:
//!
//! ```ignore
//! let demo = Demo::start(DemoOptions::default()).await?;            // the service's process, with its directory and estate
//! demo.control(&[change]).await?;                                   // changes the estate in one transaction
//! let desk = Desk::at(&demo)?;                                      // an engine with a keychain, a folder and a clock of its own
//! desk.sign_in("technician").await?;                                // through the sign-in page, as a browser does it
//! desk.wait_current().await?;                                       // polls with a deadline; nothing here sleeps for luck
//! ```
//!
//! 1. [`wait`]: polling with a deadline.
//! 2. [`demo`]: the service's process. [`directory`]: the browser at its sign-in page. It takes lists of [`Change`](tenantry_test_kit::Change).
//!    [`serve`]: the service as it is operated, beside it.
//! 3. [`keychain`], [`wire`] and [`desk`]: an engine under test. [`desk_process`]: one that can be killed, and [`disk`]: a disk that can
//!    be filled under it. [`api`]: the service's own lists, to compare with.
//!    [`pages`]: what lies in the cache's file under its encryption, erased rows included.
//! 4. [`view`]: all that a person sees, in one comparable value, read from the lists, from an engine, or from folded sync lines.
//! 5. [`world`]: small estates for stories, and random ones made from a seed.
//! 6. [`desktop`]: the real app in a window, and a real browser (Linux).

pub mod wait;

pub mod demo;
pub mod directory;
pub mod serve;

pub mod api;
pub mod desk;
pub mod desk_process;
pub mod disk;
pub mod keychain;
pub mod pages;
pub mod wire;

pub mod view;
pub mod world;

#[cfg(target_os = "linux")]
pub mod desktop;
