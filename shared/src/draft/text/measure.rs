//! How large a chunk becomes when it is read, found out before it is read.
//!
//! Automerge's columns are run-length encoded and may be deflated: a few bytes can stand for billions of operations.
//! This walks the columns' run lengths (format: automerge.org, "Automerge Binary Document Format") and adds them up, so
//! that a small hostile message is refused instead of filling the memory.

use std::io::Read as _;

/// A chunk that is not one, or would become too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TooMuch {
    /// The bytes do not follow the format.
    Malformed,
    /// More rows or bytes than allowed.
    Large,
}

/// Reads a chunk's bytes front to back.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, n: u64) -> Result<&'a [u8], TooMuch> {
        let n = usize::try_from(n).map_err(|_| TooMuch::Malformed)?;
        let (head, tail) = self.0.split_at_checked(n).ok_or(TooMuch::Malformed)?;
        self.0 = tail;
        Ok(head)
    }

    fn byte(&mut self) -> Result<u8, TooMuch> {
        self.take(1)?.first().copied().ok_or(TooMuch::Malformed)
    }

    fn unsigned(&mut self) -> Result<u64, TooMuch> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(TooMuch::Malformed)
    }

    fn signed(&mut self) -> Result<i64, TooMuch> {
        let mut value = 0i64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let unused = 64 - (shift + 7).min(64);
                return Ok(value << unused >> unused);
            }
        }
        Err(TooMuch::Malformed)
    }

    fn skip_prefixed(&mut self) -> Result<(), TooMuch> {
        let n = self.unsigned()?;
        self.take(n).map(|_| ())
    }

    /// Column specifications and lengths.
    fn columns(&mut self) -> Result<Vec<(u64, u64)>, TooMuch> {
        let n = self.unsigned()?;
        if n > 64 {
            return Err(TooMuch::Malformed);
        }
        (0..n)
            .map(|_| Ok((self.unsigned()?, self.unsigned()?)))
            .collect()
    }
}

/// Rows in a column, by the run lengths it is made of. `kind` is the low three bits of its specification.
fn rows(kind: u64, data: &[u8], limit: u64) -> Result<u64, TooMuch> {
    let mut bytes = Bytes(data);
    let mut rows = 0u64;
    // Raw values have no rows of their own.
    while kind != 7 && !bytes.0.is_empty() {
        let run = if kind == 4 {
            bytes.unsigned()?
        } else {
            match bytes.signed()? {
                0 => bytes.unsigned()?,
                n => {
                    let values = if n > 0 { 1 } else { n.unsigned_abs() };
                    for _ in 0..values {
                        // Strings carry their length; everything else is one LEB128 number.
                        let value = bytes.unsigned()?;
                        if kind == 5 {
                            bytes.take(value)?;
                        }
                    }
                    n.unsigned_abs()
                }
            }
        };
        rows = rows.saturating_add(run);
        if rows > limit {
            return Err(TooMuch::Large);
        }
    }
    Ok(rows)
}

/// Checks the body of a change chunk (what follows its header): at most `limit` rows in any column.
pub(super) fn change(body: &[u8], limit: u64) -> Result<(), TooMuch> {
    let mut bytes = Bytes(body);
    let deps = bytes.unsigned()?;
    bytes.take(deps.saturating_mul(32))?;
    bytes.skip_prefixed()?; // actor
    bytes.unsigned()?; // seq
    bytes.unsigned()?; // start op
    bytes.signed()?; // time
    bytes.skip_prefixed()?; // message
    for _ in 0..bytes.unsigned()? {
        bytes.skip_prefixed()?; // other actors
    }
    let columns = bytes.columns()?;
    for (spec, length) in columns {
        // Columns of a single change are never deflated by themselves.
        if spec & 8 != 0 {
            return Err(TooMuch::Malformed);
        }
        rows(spec & 7, bytes.take(length)?, limit)?;
    }
    Ok(())
}

/// The hashes that the body of a change chunk begins with: what the change builds on.
pub(super) fn deps(body: &[u8]) -> Result<Vec<crate::ids::Hash>, TooMuch> {
    let mut bytes = Bytes(body);
    let n = bytes.unsigned()?;
    let all = bytes.take(n.saturating_mul(32))?;
    let (hashes, _) = all.as_chunks::<32>();
    Ok(hashes.iter().map(|h| crate::ids::Hash(*h)).collect())
}

/// Checks the body of a document chunk: at most `limit` rows in any column and `inflated` bytes in all.
pub(super) fn document(body: &[u8], limit: u64, inflated: u64) -> Result<(), TooMuch> {
    let mut bytes = Bytes(body);
    for _ in 0..bytes.unsigned()? {
        bytes.skip_prefixed()?; // actors
    }
    let heads = bytes.unsigned()?;
    bytes.take(heads.saturating_mul(32))?;
    let mut columns = bytes.columns()?;
    columns.extend(bytes.columns()?);
    let mut left = inflated;
    for (spec, length) in columns {
        let data = bytes.take(length)?;
        if spec & 8 == 0 {
            rows(spec & 7, data, limit)?;
            continue;
        }
        let plain = inflate(data, left)?;
        left -= plain.len() as u64;
        rows(spec & 7, &plain, limit)?;
    }
    Ok(())
}

/// Checks a filter of a sync message: how many bits it has, and how many are looked at for each change.
pub(super) fn filter(bytes: &[u8], probes: u64) -> Result<(), TooMuch> {
    let mut bytes = Bytes(bytes);
    if bytes.0.is_empty() {
        return Ok(());
    }
    bytes.unsigned()?; // entries
    bytes.unsigned()?; // bits of each
    let looked_at = bytes.unsigned()?;
    if looked_at == 0 || bytes.0.is_empty() {
        return Err(TooMuch::Malformed);
    }
    // The bits are counted with 32 bits.
    if looked_at > probes || bytes.0.len() >= 1 << 29 {
        return Err(TooMuch::Large);
    }
    Ok(())
}

/// Inflates, to at most `limit` bytes.
pub(super) fn inflate(data: &[u8], limit: u64) -> Result<Vec<u8>, TooMuch> {
    let mut plain = Vec::new();
    let mut reader = flate2::bufread::DeflateDecoder::new(data).take(limit + 1);
    reader
        .read_to_end(&mut plain)
        .map_err(|_| TooMuch::Malformed)?;
    if plain.len() as u64 > limit {
        Err(TooMuch::Large)
    } else {
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_a_billion_in_six_bytes_is_refused_unread() {
        let mut run = Vec::new();
        let mut n: u64 = 1 << 30;
        while n > 63 {
            run.push((n & 0x7f) as u8 | 0x80);
            n >>= 7;
        }
        run.extend([u8::try_from(n).unwrap(), 1]);
        assert_eq!(rows(2, &run, 50_000), Err(TooMuch::Large));
        assert_eq!(rows(2, &[3, 1], 50_000), Ok(3));
        assert_eq!(rows(2, &[0x7d, 1, 2, 3], 50_000), Ok(3));
        assert_eq!(rows(4, &[2, 5], 50_000), Ok(7));
        assert_eq!(rows(2, &[3], 50_000), Err(TooMuch::Malformed));
    }

    #[test]
    fn inflating_stops_at_the_limit() {
        use std::io::Write as _;
        let mut e = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        e.write_all(&vec![0; 10 << 20]).unwrap();
        let bomb = e.finish().unwrap();
        assert!(bomb.len() < 20_000);
        assert_eq!(inflate(&bomb, 1 << 20), Err(TooMuch::Large));
        assert_eq!(inflate(&bomb, 10 << 20).map(|v| v.len()), Ok(10 << 20));
    }
}
