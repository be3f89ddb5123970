//! The program, as a process.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

#[test]
fn fault_22_the_demo_says_that_it_lifts_limits() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_tenantry-service"))
        .args(["demo", "--listen", "127.0.0.1:0", "--estate", "none", "--data"])
        .arg(folder.path())
        .env("TENANTRY_LOG", "off")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It says so before it listens.
    let mut listening = String::new();
    BufReader::new(demo.stdout.take().unwrap()).read_line(&mut listening).unwrap();
    demo.kill().unwrap();
    demo.wait().unwrap();
    let mut said = String::new();
    demo.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("any number of requests") && said.contains("16 MiB") && said.contains("50 a second and 64 KiB"), "{said}");
}

/// A folder that anybody may look into stays as somebody made it: what the service makes in it is its own all the same.
#[cfg(unix)]
#[test]
fn fault_18_the_database_is_readable_by_nobody_else_also_in_a_folder_that_is_open() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let changes = folder.path().join("changes.json");
    std::fs::write(&changes, "[]").unwrap();
    let done = Command::new("sh")
        // Whatever the shell that starts it lets through.
        .args(["-c", "umask 0; exec \"$0\" apply --data \"$1\" \"$2\"", env!("CARGO_BIN_EXE_tenantry-service")])
        .args([folder.path(), &changes])
        .env("TENANTRY_LOG", "warn")
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{said}");
    assert!(said.contains("755") && said.contains("chmod 700"), "{said}");
    let mut made = 0;
    for file in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap).filter(|file| file.file_name() != "changes.json") {
        made += 1;
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
    }
    assert!(made > 0);
}
