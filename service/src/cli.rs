//! The command line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use tenantry_model::api::settings::Region;
use tenantry_service::attachments::Objects;
use tenantry_service::config::{Limits, Settings, https_or_loopback};
use tenantry_service::demo::EstateSize;
use tenantry_service::error::{Error, Result};
use tenantry_service::store::audit::Head;
use uuid::Uuid;

/// Rooms and incidents of many customers, with exactly the rights that each customer granted.
#[derive(Debug, Parser)]
#[command(name = "tenantry-service", version, about, max_term_width = 120)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The form of the log on standard error.
    #[arg(long, global = true, value_enum, default_value = "text", env = "TENANTRY_LOG_FORMAT")]
    pub(crate) log_format: LogFormat,
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For collectors: one JSON object a line.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve, with the OpenID provider of the partners and customers.
    Serve(Serve),
    /// Serve a made-up estate with a directory of its own: everything on this machine, no account anywhere.
    Demo(Demo),
    /// Apply changes of the estate from a file, in one transaction: how organisations and their people are brought in.
    Apply(Apply),
    /// The audit log.
    #[command(subcommand)]
    Audit(Audit),
    /// Print the OpenAPI document.
    Openapi,
}

/// What every serving command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8400", env = "TENANTRY_LISTEN")]
    pub(crate) listen: SocketAddr,
    /// The folder of the database; made if it does not exist.
    #[arg(long, value_name = "DIR", env = "TENANTRY_SERVICE_DATA")]
    pub(crate) data: PathBuf,
    /// Where attachments are kept: a folder, or s3://BUCKET/PREFIX of the S3 that AWS_ENDPOINT, AWS_REGION, AWS_ACCESS_KEY_ID and
    /// AWS_SECRET_ACCESS_KEY describe. The folder `attachments` beside the database where nobody says.
    #[arg(long, value_name = "PLACE", env = "TENANTRY_ATTACHMENTS")]
    attachments: Option<String>,
    #[command(flatten)]
    limits: LimitArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
struct LimitArgs {
    /// Requests a second that one address, and one user, may go on sending; 0 for no limit.
    #[arg(long, value_name = "N", default_value_t = 50, env = "TENANTRY_REQUESTS_PER_S")]
    requests_per_s: u32,
    /// How many requests one address, and one user, may send at once before that counts.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..), env = "TENANTRY_BURST")]
    burst: u32,
    /// How many requests are worked on at the same time.
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = at_least_one, env = "TENANTRY_CONCURRENT")]
    concurrent: usize,
    /// A proxy of yours stands in front: believe the last address in its X-Forwarded-For.
    #[arg(long, env = "TENANTRY_BEHIND_PROXY")]
    behind_proxy: bool,
}

fn at_least_one(text: &str) -> std::result::Result<usize, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(|| "a whole number from 1 on".to_owned())
}

impl Common {
    pub(crate) fn attachments(&self) -> Result<Objects> {
        match &self.attachments {
            Some(place) => Objects::open(place),
            None => Objects::in_folder(&self.data.join(ATTACHMENTS)),
        }
    }

    pub(crate) fn limits(&self) -> Limits {
        let LimitArgs { requests_per_s, burst, concurrent, behind_proxy } = self.limits;
        Limits { requests_per_s: (requests_per_s > 0).then_some(requests_per_s), burst, concurrent, behind_proxy, ..Limits::default() }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) common: Common,
    /// The OpenID provider, without `/.well-known/openid-configuration`. Entra ID: https://login.microsoftonline.com/organizations/v2.0
    #[arg(long, value_name = "URL", env = "TENANTRY_ISSUER")]
    issuer: String,
    /// The audience of access tokens: the client id (a GUID) of this service's own app registration.
    #[arg(long, value_name = "ID", env = "TENANTRY_AUDIENCE")]
    audience: String,
    /// The client id of the desktop app's registration; the audience where nobody says.
    #[arg(long, value_name = "ID", env = "TENANTRY_CLIENT_ID")]
    client_id: Option<String>,
    /// The scope that the app asks for; its last part must stand in a token's `scp`. api://AUDIENCE/access_as_user where nobody says.
    #[arg(long, value_name = "SCOPE", env = "TENANTRY_SCOPE")]
    scope: Option<String>,
    /// The host of the app's loopback redirect, as the registration has it.
    #[arg(long, value_name = "HOST", default_value = "localhost", value_parser = ["localhost", "127.0.0.1"], env = "TENANTRY_REDIRECT_HOST")]
    redirect_host: String,
    /// Where the data of this service lies, as customers are told in their settings: eu, apac or us.
    #[arg(long, value_name = "REGION", env = "TENANTRY_REGION")]
    region: Option<Region>,
}

impl Serve {
    pub(crate) fn settings(&self) -> Result<Settings> {
        let authority = https_or_loopback(&self.issuer)?;
        let is_guid = Uuid::try_parse(&self.audience).is_ok_and(|id| id.to_string() == self.audience);
        if !is_guid {
            return Err(Error::Config(format!(
                "--audience must be the client id of the service's app registration, a GUID in lower case such as \
                 9a3c7d52-0f6b-4e18-8c2d-64b5e7f1a093, not {:?}",
                self.audience
            )));
        }
        let scope = self.scope.clone().unwrap_or_else(|| format!("api://{}/access_as_user", self.audience));
        let required_scope = scope.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned);
        let required_scope = required_scope.ok_or_else(|| {
            Error::Config(format!("--scope must end with the scope's name, such as api://ID/access_as_user, not {scope:?}"))
        })?;
        Ok(Settings {
            authority,
            audience: self.audience.clone(),
            client_id: self.client_id.clone().unwrap_or_else(|| self.audience.clone()),
            scopes: vec!["openid".into(), "profile".into(), "offline_access".into(), scope],
            required_scope,
            redirect_host: self.redirect_host.clone(),
            region: self.region,
            demo: false,
            limits: self.common.limits(),
        })
    }
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) common: Common,
    /// The size of the estate that is made where there is none yet: s, m, l, or none for an empty one.
    #[arg(long, value_name = "SIZE", default_value = "s")]
    pub(crate) estate: EstateSize,
    /// The same seed makes the same estate.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// For how long access tokens hold, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) token_lifetime_s: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Apply {
    /// The folder of the database; made if it does not exist. The service may be running on it.
    #[arg(long, value_name = "DIR", env = "TENANTRY_SERVICE_DATA")]
    pub(crate) data: PathBuf,
    /// A JSON list of changes, as docs/operations.md describes them; - reads standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Check that nobody changed, removed or added rows behind the service's back. Ends with 0 if all is well, 1 if not, 2 if it could not be
    /// checked. Writes nothing; the service may be running.
    Verify(Verify),
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The folder of the database.
    #[arg(long, value_name = "DIR", env = "TENANTRY_SERVICE_DATA")]
    pub(crate) data: PathBuf,
    /// A head that the log must hold: `audit_seq` and `audit_hash` of a line in the service's log, as it was collected elsewhere. May be given
    /// several times.
    #[arg(long = "head", value_name = "SEQ:HASH")]
    pub(crate) heads: Vec<Head>,
}

/// The folder of attachments in a data folder.
const ATTACHMENTS: &str = "attachments";
/// The database's file in a data folder.
pub(crate) const DATABASE: &str = "tenantry.db";

/// The database's file in the data folder, which is made, for its owner alone, if it does not exist.
pub(crate) fn database_in(folder: &Path) -> Result<PathBuf> {
    let failed = |error: std::io::Error| {
        Error::Config(format!("the folder {} cannot be used ({error}): name one that may be written, with --data", folder.display()))
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(failed)?;
    #[cfg(unix)]
    warn_if_open(folder).map_err(failed)?;
    let database = folder.join(DATABASE);
    // One that was made before the service saw to this; what the engine makes beside it has the same mode.
    #[cfg(unix)]
    if database.exists() {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&database, std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
    }
    Ok(database)
}

/// From here on, files that this process makes are readable by its user alone.
#[cfg(unix)]
pub(crate) fn keep_files_private() {
    use rustix::fs::Mode;
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// A folder that was there before is left as somebody made it, but not without a word.
#[cfg(unix)]
fn warn_if_open(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(folder)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        tracing::warn!(
            folder = %folder.display(),
            mode = format!("{mode:o}"),
            "other users of this machine may look into the data folder: chmod 700 it; the files that the service makes in it are readable by its user alone"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(args: &[&str]) -> Result<Settings> {
        let base = ["tenantry-service", "serve", "--data", "/nowhere"];
        match Cli::try_parse_from(base.iter().chain(args)).unwrap().command {
            Command::Serve(serve) => serve.settings(),
            other => panic!("{other:?}"),
        }
    }

    const GUID: &str = "9a3c7d52-0f6b-4e18-8c2d-64b5e7f1a093";

    #[test]
    fn the_scope_that_a_token_must_carry_is_the_last_part_of_the_one_asked_for() {
        let preset = settings(&["--issuer", "https://login.example/organizations/v2.0", "--audience", GUID]).unwrap();
        assert_eq!(preset.required_scope, "access_as_user");
        assert_eq!(preset.client_id, GUID);
        assert!(preset.scopes.contains(&format!("api://{GUID}/access_as_user")));
        let own = settings(&["--issuer", "https://login.example", "--audience", GUID, "--scope", "api://x/Rooms.Read"]).unwrap();
        assert_eq!(own.required_scope, "Rooms.Read");
    }

    #[test]
    fn a_setting_that_cannot_work_says_what_to_do() {
        let plain = settings(&["--issuer", "http://login.example", "--audience", GUID]).unwrap_err().to_string();
        assert!(plain.contains("must begin with https://"), "{plain}");
        let name = settings(&["--issuer", "https://login.example", "--audience", "api://x"]).unwrap_err().to_string();
        assert!(name.contains("--audience must be the client id"), "{name}");
    }

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    /// The blocks of a kind in a document.
    fn blocks<'a>(document: &'a str, kind: &str) -> Vec<&'a str> {
        let begin = format!("```{kind}\n");
        document.split(begin.as_str()).skip(1).filter_map(|block| block.split("```").next()).collect()
    }

    #[test]
    fn fault_9_16_the_documents_command_lines_work_as_they_are_printed() {
        let (mut serves, mut others) = (0, 0);
        for document in [include_str!("../../README.md"), include_str!("../../docs/operations.md")] {
            for line in blocks(document, "sh").join("\n").replace("\\\n", " ").lines() {
                let words: Vec<&str> = line.split(" #").next().unwrap_or_default().split_whitespace().collect();
                if words.first() != Some(&"tenantry-service") {
                    continue;
                }
                let cli = Cli::try_parse_from(&words).unwrap_or_else(|error| panic!("{line}\n{error}"));
                let Command::Serve(serve) = cli.command else {
                    others += 1;
                    continue;
                };
                serves += 1;
                serve.settings().unwrap_or_else(|error| panic!("{line}\n{error}"));
                // The app goes to plain HTTP on its own machine alone, and the app's registration is another one than the API's.
                assert!(serve.common.listen.ip().is_loopback(), "{line}");
                assert!(serve.client_id.is_some_and(|id| id != serve.audience && Uuid::try_parse(&id).is_ok()), "{line}");
            }
        }
        assert_eq!((serves, others), (2, 3), "those of README, and of operations.md");
    }

    #[test]
    fn fault_9_16_the_changes_that_bring_organisations_in_are_taken_as_they_are_printed() {
        let document = include_str!("../../docs/operations.md");
        let lists: Vec<&str> = blocks(document, "json").into_iter().filter(|block| block.starts_with('[')).collect();
        assert_eq!(lists.len(), 1);
        let changes: Vec<tenantry_service::domain::estate_change::EstateChange> = serde_json::from_str(lists[0]).unwrap();
        assert_eq!(changes.len(), 4);
    }
}
