//! The server's program: settings, log, serve until told to stop.

use std::process::ExitCode;

use plenary_server::config::Config;

fn main() -> ExitCode {
    match Config::read(std::env::args_os()) {
        Ok(config) => {
            print!("{}", config.to_toml());
            ExitCode::SUCCESS
        }
        Err(e) => match e.downcast::<clap::Error>() {
            Ok(e) => e.exit(),
            Err(e) => {
                eprintln!("plenary-server: {e:#}");
                ExitCode::FAILURE
            }
        },
    }
}
