//! Lines of an event stream, as they are and in gzip: each made once, and gzip only if somebody takes it.

use std::sync::{Arc, OnceLock};

use axum::body::Bytes;

use crate::gzip;

/// Lines of an event stream. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Lines {
    plain: Bytes,
    gzip: Arc<OnceLock<Bytes>>,
}

impl From<Vec<u8>> for Lines {
    fn from(plain: Vec<u8>) -> Self {
        Self {
            plain: plain.into(),
            gzip: Arc::default(),
        }
    }
}

impl Lines {
    /// As they are.
    pub fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// In gzip, as a piece of a stream.
    pub fn gzip(&self) -> Bytes {
        self.gzip.get_or_init(|| gzip::piece(&self.plain)).clone()
    }
}
