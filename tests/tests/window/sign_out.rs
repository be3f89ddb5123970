//! Signing out, and what is left on the disk: nothing that can be read.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::fixture::{Fixture, data};

/// While somebody is signed in, no file of the app or of its webview holds a name or number in the clear. After the sign-out there is no
/// cache of theirs at all.
pub(crate) async fn nothing_readable_is_left(fixture: &mut Fixture) -> Result<()> {
    fixture.seen.retain(|text| text.len() >= 8);
    ensure!(fixture.seen.len() > 20, "too little was seen to look for: {:?}", fixture.seen);
    let home = fixture.session.folder().join("home");
    let before = files(&data(&fixture.session))?;
    let size: u64 = before.iter().filter_map(|file| Some(std::fs::metadata(file).ok()?.len())).sum();
    ensure!(size > 1_000_000, "a cache of 5,000 incidents has no more than {size} bytes in {before:?}");
    for folder in [data(&fixture.session), home.clone()] {
        nowhere(fixture, &folder)?;
    }

    let page = fixture.page();
    page.click("user-menu").await?;
    page.click("sign-out").await?;
    page.click("sign-out-confirm").await?;
    page.find("sign-in-button").await?;
    let text = page.text().await?;
    ensure!(!fixture.seen.iter().any(|needle| text.contains(needle.as_str())), "the screen still shows something: {text}");

    let left: Vec<_> = files(&data(&fixture.session))?;
    let size: u64 = left.iter().filter_map(|file| Some(std::fs::metadata(file).ok()?.len())).sum();
    ensure!(size < 200_000, "{size} bytes are left after the sign-out: {left:?}");
    for folder in [data(&fixture.session), home] {
        nowhere(fixture, &folder)?;
    }
    // Nobody is signed in after a start either.
    fixture.restart_app().await?;
    fixture.page().find("sign-in-button").await.map(|_| ())
}

/// Fails if a file below this folder holds something that was seen, as UTF-8 or as UTF-16.
fn nowhere(fixture: &Fixture, folder: &Path) -> Result<()> {
    let utf16 = |text: &String| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let needles: Vec<Vec<u8>> = fixture.seen.iter().flat_map(|text| [text.clone().into_bytes(), utf16(text)]).collect();
    // One pass over megabytes for hundreds of texts, in a debug build: look only where one may begin.
    let mut begins = vec![vec![]; 1 << 16];
    for needle in &needles {
        begins[usize::from(u16::from_le_bytes([needle[0], needle[1]]))].push(needle);
    }
    for file in files(folder)? {
        // Sockets, and files that were just removed, cannot be read.
        let Ok(bytes) = std::fs::read(&file) else { continue };
        for (at, pair) in bytes.windows(2).enumerate() {
            for needle in &begins[usize::from(u16::from_le_bytes([pair[0], pair[1]]))] {
                ensure!(!bytes[at..].starts_with(needle), "{} holds {:?} in the clear", file.display(), String::from_utf8_lossy(needle));
            }
        }
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = vec![];
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.sort();
    Ok(found)
}
