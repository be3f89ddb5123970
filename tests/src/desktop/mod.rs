//! The real app in a desktop session of its own, without a display, and hands and eyes for it.
//!
//! Linux alone: the session is an X server, a message bus, an unlocked keyring and a home folder, all made for one run and ended with it.
//!
//! ```ignore
//! let mut session = Session::start().await?;                        // X server, bus, keyring, home
//! let browser = SystemBrowser::install(&mut session)?;              // what the app's "open in the browser" reaches
//! let app = App::start(&session, &AppOptions::at(&service, &data)?).await?;
//! app.page.click("sign-in-button").await?;
//! Person::sign_in(&session, &browser.next(0).await?, "technician").await?; // a real browser follows the sign-in page
//! app.page.find("incident-row").await?;
//! ```
//!
//! 1. [`process`]: a child with its log, killed with its whole group when dropped.
//! 2. [`session`]: the desktop session.
//! 3. [`driver`]: WebDriver, for the app and for a browser. [`page`]: finding, typing, looking.
//! 4. [`app`]: the app in the session. [`browser`]: the system's browser.

pub mod process;
pub mod session;

pub mod driver;
pub mod page;

pub mod app;
pub mod browser;

pub use app::{App, AppOptions};
pub use browser::{Person, SystemBrowser};
pub use page::Page;
pub use session::Session;
