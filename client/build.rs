//! SQLCipher's cryptography on macOS is the system's CommonCrypto (ARCHITECTURE.md, Decisions). `libsqlite3-sys` links OpenSSL instead where a variable names
//! one, such as Homebrew's, which is then missing on users' machines: that ends the build.

use std::env;

const OPENSSL: [&str; 3] = ["OPENSSL_DIR", "OPENSSL_LIB_DIR", "OPENSSL_INCLUDE_DIR"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    if !target.ends_with("-apple-darwin") {
        return;
    }
    let prefix = target.to_uppercase().replace('-', "_");
    for name in OPENSSL.iter().flat_map(|name| [(*name).to_owned(), format!("{prefix}_{name}")]) {
        println!("cargo:rerun-if-env-changed={name}");
        assert!(
            env::var_os(&name).is_none(),
            "unset {name}: on macOS the cache is encrypted by CommonCrypto, never by an OpenSSL of this machine"
        );
    }
}
