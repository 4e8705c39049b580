//! The built web client goes into the program. Whoever compiles without having built it gets a page that says how to.

use std::path::Path;

fn main() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/dist");
    if let Err(e) = std::fs::create_dir_all(&dist) {
        println!("cargo::warning=there is no place for the web client: {e}");
    }
    // A debug build reads the files where they are; a release has them inside, and is built anew with them.
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|p| p == "release") {
        println!("cargo::rerun-if-changed=../web/dist");
    }
}
