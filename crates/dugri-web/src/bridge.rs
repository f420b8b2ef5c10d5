//! The one bridge from the async world to the use cases, which block.

use actix_web::web;

use dugri_app::Error as AppError;

use crate::errors::{Error, Wrong};

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

/// Runs a use case whose complaints about fields belong into the form that it came from.
pub async fn run<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<Result<T, Vec<Wrong>>, Error> {
    block(move || asked(work())).await
}

/// What was asked for, or what is wrong with the asking; other failures are no form's business.
pub fn asked<T>(outcome: Result<T, AppError>) -> Result<Result<T, Vec<Wrong>>, Error> {
    match outcome {
        Ok(found) => Ok(Ok(found)),
        Err(AppError::Invalid(errors)) => Ok(Err(errors.into_iter().map(Wrong::from).collect())),
        Err(error) => Err(error.into()),
    }
}
