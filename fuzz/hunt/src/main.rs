//! The target that the environment variable `TARGET` names, run by LLVM's fuzzer. With `SEEDS`, the seeds are written
//! into that folder first.
#![no_main]

use std::panic::{catch_unwind, set_hook, take_hook};
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::Target;

fn target() -> &'static Target {
    static TARGET: OnceLock<&'static Target> = OnceLock::new();
    TARGET.get_or_init(|| {
        let name = std::env::var("TARGET").unwrap_or_default();
        plenary_fuzz::target(&name).expect("TARGET names a target")
    })
}

fuzz_target!(
    init: {
        // Panics inside automerge are caught and are no findings; only one that comes out here is.
        set_hook(Box::new(|_| {}));
        if let Ok(folder) = std::env::var("SEEDS") {
            for (n, seed) in (target().seeds)().into_iter().enumerate() {
                let file = std::path::Path::new(&folder).join(format!("seed-{n:02}"));
                std::fs::write(file, seed).expect("seeds can be written");
            }
        }
    },
    |bytes: &[u8]| {
        if catch_unwind(|| (target().run)(bytes)).is_err() {
            let _ = take_hook();
            (target().run)(bytes);
            std::process::abort();
        }
    }
);
