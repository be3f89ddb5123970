//! `sqlx::migrate!` embeds the migrations that there are when it is expanded: a new file alone must compile it again.

fn main() {
    println!("cargo:rerun-if-changed=src/store/migrations");
}
