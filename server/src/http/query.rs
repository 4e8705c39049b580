//! The query of an address, with the API's own words for what is wrong with it.

use axum::extract::{FromRequestParts, Query as AxumQuery};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::http::error::Failure;

/// The query, read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let AxumQuery(query) = AxumQuery::from_request_parts(parts, state).await?;
        Ok(Self(query))
    }
}
