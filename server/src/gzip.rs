//! gzip that is made once for all who listen: a stream of it may be put together from pieces that know nothing of each
//! other, as long as none looks back beyond its own beginning and each ends with a whole byte.
//!
//! RFC 1952 has the frame, RFC 1951 the blocks (section 3.2.4 the empty one that ends a piece). A stream that never ends
//! needs no last piece, and so no check sum of the whole; its frame is that of a connection, which has its own.

use std::io::Write as _;

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// What every such stream begins with: deflated, of no known time and system.
pub(crate) const BEGIN: Bytes = Bytes::from_static(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/// A piece of a stream.
pub(crate) fn piece(of: &[u8]) -> Bytes {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
    // Into memory nothing fails. A flush is what ends a piece.
    let _ = deflate.write_all(of).and_then(|()| deflate.flush());
    std::mem::take(deflate.get_mut()).into()
}

/// Whether a client takes it: it is among what it lists, and not with the weight nought (RFC 9110, section 12.5.3).
pub(crate) fn is_taken_by(headers: &HeaderMap) -> bool {
    let listed = headers.get_all(header::ACCEPT_ENCODING).into_iter();
    listed
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|one| {
            let (name, weight) = one.split_once(';').unwrap_or((one, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            name.trim().eq_ignore_ascii_case("gzip")
                && weight.parse::<f32>().is_ok_and(|weight| weight > 0.0)
        })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    /// What a client has after these pieces, whose stream has not ended.
    fn read(pieces: &[Bytes]) -> Vec<u8> {
        let stream = [&[BEGIN], pieces].concat().concat();
        let mut read = Vec::new();
        // Its end is missing, as it is while the stream goes on.
        GzDecoder::new(&stream[..])
            .read_to_end(&mut read)
            .unwrap_err();
        read
    }

    #[test]
    fn pieces_that_follow_each_other_are_one_stream() {
        let long = "Long enough to take several rounds. ".repeat(5_000);
        // As good as nothing of this can be made smaller.
        let mut seed = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        })
        .take(100_000)
        .collect();
        for all in [
            &[&b"one"[..], b"two", b"", b"one"][..],
            &[long.as_bytes(), &noise, b"end"],
        ] {
            let pieces: Vec<Bytes> = all.iter().map(|of| piece(of)).collect();
            for n in 0..=all.len() {
                assert_eq!(read(&pieces[..n]), all[..n].concat());
            }
            // Who came later has the later ones alone.
            assert_eq!(read(&pieces[1..]), all[1..].concat());
        }
    }

    #[test]
    fn words_become_fewer_bytes() {
        let words = "States Parties shall report. ".repeat(20);
        assert!(piece(words.as_bytes()).len() < words.len() / 5);
    }

    #[test]
    fn only_who_takes_it_gets_it() {
        let takes = |list: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, list.parse().unwrap());
            is_taken_by(&headers)
        };
        for list in ["gzip", "br, GZIP;q=0.5", "identity;q=0, gzip; q=1.0"] {
            assert!(takes(list), "{list}");
        }
        for list in ["", "br", "gzip;q=0", "gzip;q=0.000", "gzipped", "gzip;q=x"] {
            assert!(!takes(list), "{list}");
        }
        assert!(!is_taken_by(&HeaderMap::new()));
    }
}
