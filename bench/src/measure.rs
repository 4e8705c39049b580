//! What a process uses, as Linux tells it; elsewhere nothing is told.

use std::path::Path;
use std::time::Duration;

pub use plenary_tests::process::memory;

/// Ticks in a second, as `/proc` counts them on every Linux in use.
const TICKS: f64 = 100.0;

/// Processor time that a process has used, its threads' together.
pub fn processor_time(process: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in parentheses may hold spaces; the fields are counted after it.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some(Duration::from_secs_f64((user + system) / TICKS))
}

/// Bytes of a directory's files.
///
/// # Errors
/// If it cannot be read.
pub fn size(directory: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for file in std::fs::read_dir(directory)? {
        bytes += file?.metadata()?.len();
    }
    Ok(bytes)
}

/// A count as a number to divide; exact up to 2^53.
pub fn float(count: impl TryInto<u64>) -> f64 {
    let count = count.try_into().unwrap_or(u64::MAX);
    let (high, low) = (count >> 32, count & 0xffff_ffff);
    let part = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    part(high) * 4_294_967_296.0 + part(low)
}
