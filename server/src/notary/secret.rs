//! The server's secret key: made at the first start, in a file beside the database that its owner alone can read.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use plenary_shared::proof::{Kind, Signer};

/// The file in the data directory.
const FILE: &str = "plenary.key";

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The disk.
    #[error("the server's key in {} cannot be read or made: {why}", .path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is the matter.
        why: String,
    },
    /// Others may read it.
    #[error(
        "{} can be read by others, who could then sign in this server's name: chmod 600 it, and if they may have read it, put another in its place (docs/operating.md)",
        .0.display()
    )]
    Exposed(PathBuf),
}

/// A key of that name that nobody else has.
pub fn fresh(name: &str) -> Signer {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).expect("the operating system gives random bytes");
    Signer::from_seed(name, seed)
}

/// The key in the data directory; the first time, one of that name is made. Kept in memory it is not kept at all.
///
/// # Errors
/// [`SecretError`]: without its key a server does not start, as clients would take another for a forger's.
pub fn secret(data: &Path, name: &str) -> Result<Signer, SecretError> {
    if data.as_os_str() == "memory" {
        return Ok(fresh(name));
    }
    let path = data.join(FILE);
    let unusable = |why: String| SecretError::Unusable {
        path: path.clone(),
        why,
    };
    if !path.exists() {
        let signer = fresh(name);
        make(data, &path, &signer.secret(Kind::Log)).map_err(|e| unusable(e.to_string()))?;
        return Ok(signer);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let meta = path.metadata().map_err(|e| unusable(e.to_string()))?;
        if meta.permissions().mode() & 0o077 != 0 {
            return Err(SecretError::Exposed(path));
        }
    }
    let text = std::fs::read_to_string(&path).map_err(|e| unusable(e.to_string()))?;
    Signer::from_secret(&text).map_err(|e| unusable(e.to_string()))
}

/// Whole or not at all, and on the disk before anything is signed with it.
fn make(data: &Path, path: &Path, secret: &str) -> std::io::Result<()> {
    let part = data.join("plenary.key.part");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    writeln!(file, "{secret}")?;
    file.sync_all()?;
    std::fs::rename(&part, path)?;
    std::fs::File::open(data)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_for_its_owner_alone_and_stays() {
        let data = tempfile::tempdir().unwrap();
        let first = secret(data.path(), "plenary.example").unwrap();
        let again = secret(data.path(), "moved.example").unwrap();
        assert_eq!(first.public(Kind::Log), again.public(Kind::Log));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let path = data.path().join(FILE);
            let mode = path.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
            let read = secret(data.path(), "plenary.example");
            assert!(matches!(read, Err(SecretError::Exposed(_))));
        }
    }

    #[test]
    fn a_damaged_key_is_told_and_no_other_made() {
        let data = tempfile::tempdir().unwrap();
        secret(data.path(), "plenary.example").unwrap();
        let path = data.path().join(FILE);
        std::fs::write(&path, "PRIVATE+KEY+plenary.example+00000000+AAAA\n").unwrap();
        assert!(secret(data.path(), "plenary.example").is_err());
    }
}
