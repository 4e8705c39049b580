//! Where a setting comes from, and what is said of a wrong one.

use super::*;

fn read(arguments: &[&str]) -> anyhow::Result<Config> {
    Config::read(
        std::iter::once("plenary-server")
            .chain(arguments.iter().copied())
            .map(OsString::from),
    )
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

#[track_caller]
fn wrong(text: &str, says: &str) {
    let file = file(text);
    let e = read(&["--config", file.path().to_str().unwrap()]).unwrap_err();
    assert!(format!("{e:#}").contains(says), "{e:#}");
}

#[test]
fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
    let file = file(
        "data = 'here'\nlisten = '127.0.0.1:5000'\nmax-connections = 7\nbehind-proxy = true\n",
    );
    let path = file.path().to_str().unwrap();
    let config = read(&["--config", path, "--listen", "127.0.0.1:6000"]).unwrap();
    assert_eq!(config.data, PathBuf::from("here"));
    assert_eq!(config.listen.port(), 6000);
    assert_eq!(config.max_connections, 7);
    assert!(config.behind_proxy);
    assert_eq!(config.max_body, Size(2 << 20));
}

#[test]
fn an_unknown_setting_is_named() {
    wrong("data = 'here'\nlisten-on = '127.0.0.1:1'", "`listen-on`");
    wrong("data = 'here'\nseed = 'x.md'", "`seed`");
}

#[test]
fn a_wrong_value_is_named() {
    wrong("data = 'here'\nlisten = 'somewhere'", "--listen");
    wrong("data = 'here'\nmax-body = 2000", "for example 2MiB");
    wrong("data = 'here'\nmax-connections = 1.5", "`max-connections`");
    wrong("data = ", "no TOML");
}

#[test]
fn only_the_data_directory_is_needed() {
    assert!(read(&[]).is_err());
    assert_eq!(
        read(&["--data", "here"]).unwrap().data,
        PathBuf::from("here")
    );
    assert_eq!(
        Config::for_data("here").listen.to_string(),
        "127.0.0.1:4117"
    );
}

#[test]
fn a_proxy_can_be_named_with_and_without_a_value() {
    assert!(
        read(&["--data", "d", "--behind-proxy"])
            .unwrap()
            .behind_proxy
    );
    assert!(
        !read(&["--data", "d", "--behind-proxy=no"])
            .unwrap()
            .behind_proxy
    );
}

#[test]
fn whoever_listens_to_the_world_without_tls_is_warned() {
    let mut config = Config::for_data("here");
    assert_eq!(config.warnings(), Vec::<String>::new());
    config.listen = "0.0.0.0:4117".parse().unwrap();
    assert!(config.warnings().iter().any(|w| w.contains("without TLS")));
    config.behind_proxy = true;
    config.base_url = Some("https://example.org".parse().unwrap());
    assert_eq!(config.warnings(), Vec::<String>::new());
}

#[test]
fn the_example_file_shows_every_default() {
    let expected = Config::for_data("/var/lib/plenary").to_toml();
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../deploy/plenary.example.toml"
    );
    let example = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        example == expected,
        "deploy/plenary.example.toml should be what `plenary-server --data /var/lib/plenary --show-settings` prints:\n{expected}"
    );
}

#[test]
fn the_settings_in_force_are_a_file_that_gives_the_same_settings() {
    let mut config = Config::for_data("here");
    config.base_url = Some("https://example.org".parse().unwrap());
    config.behind_proxy = true;
    let file = file(&config.to_toml());
    let again = read(&["--config", file.path().to_str().unwrap()]).unwrap();
    assert_eq!(again.to_toml(), config.to_toml());
}
