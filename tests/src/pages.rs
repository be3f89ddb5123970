//! What lies in the cache's file under its encryption, page by page, erased rows included: "cannot be read back" is checked against
//! the bytes, not against queries.

use std::path::Path;

use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeDecrypt, KeyIvInit};
use anyhow::{Context, Result, ensure};

const PAGE: usize = 4096;
/// At the end of each page: 16 bytes to begin the cipher with, 64 to authenticate.
const RESERVE: usize = 80;
/// At the start of the first page, in the clear.
const SALT: usize = 16;
/// Before all, and before each page, of a write-ahead log.
const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Decrypts every page of an SQLCipher 4 file, and of its write-ahead log, with this key of 64 hexadecimal digits. Pages that no
/// longer decrypt to anything are kept as they are.
pub fn decrypted(file: &Path, key: &str) -> Result<Vec<u8>> {
    let key = unhex(key)?;
    let bytes = std::fs::read(file)?;
    ensure!(!bytes.starts_with(b"SQLite format 3"), "{} is not encrypted", file.display());
    let mut plain = vec![];
    for (at, page) in bytes.chunks_exact(PAGE).enumerate() {
        plain.extend(decrypt(page, &key, if at == 0 { SALT } else { 0 })?);
    }
    let mut wal = file.as_os_str().to_owned();
    wal.push("-wal");
    if let Ok(bytes) = std::fs::read(wal) {
        for frame in bytes.get(WAL_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE) {
            let number = u32::from_be_bytes(frame[..4].try_into()?);
            plain.extend(decrypt(&frame[FRAME_HEADER..], &key, if number == 1 { SALT } else { 0 })?);
        }
    }
    Ok(plain)
}

/// Whether a text lies in these bytes.
pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn decrypt(page: &[u8], key: &[u8; 32], skip: usize) -> Result<Vec<u8>> {
    let (body, reserve) = page.split_at(PAGE - RESERVE);
    let start: [u8; 16] = reserve[..16].try_into()?;
    let mut body = body[skip..].to_vec();
    let cipher = cbc::Decryptor::<aes::Aes256>::new(key.into(), &start.into());
    cipher.decrypt_padded::<NoPadding>(&mut body).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(body)
}

fn unhex(text: &str) -> Result<[u8; 32]> {
    ensure!(text.len() == 64 && text.is_ascii(), "the key has not the form of one");
    let bytes: Result<Vec<u8>, _> = (0..32).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16)).collect();
    bytes?.try_into().ok().context("a key of 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after_deletion(secure: bool) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let (file, key) = (folder.path().join("x.db"), "5c".repeat(32));
        let db = rusqlite::Connection::open(&file).unwrap();
        db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA secure_delete = {secure};")).unwrap();
        let rows = "WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 300) INSERT INTO t SELECT 'Heidelbeere' || n FROM n;";
        db.execute_batch(&format!("CREATE TABLE t (name TEXT); {rows}")).unwrap();
        assert!(holds(&decrypted(&file, &key).unwrap(), "Heidelbeere250"));
        db.execute_batch("DELETE FROM t;").unwrap();
        holds(&decrypted(&file, &key).unwrap(), "Heidelbeere250")
    }

    #[test]
    fn an_erased_row_is_found_where_it_was_not_overwritten() {
        assert!(after_deletion(false), "this check could never fail");
        assert!(!after_deletion(true));
    }
}
