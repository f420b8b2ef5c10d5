//! The one bridge from the async world to the use cases, which block.

use actix_web::web;

use crate::errors::Error;

/// Runs `work` on the blocking pool. A panic in it harms nobody else and is an internal error.
pub async fn block<T, E, F>(work: F) -> Result<T, Error>
where
    F: FnOnce() -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: Into<Error> + Send + 'static,
{
    match web::block(work).await {
        Ok(done) => done.map_err(Into::into),
        Err(error) => {
            tracing::error!(%error, "a use case did not finish");
            Err(Error::Internal)
        }
    }
}
