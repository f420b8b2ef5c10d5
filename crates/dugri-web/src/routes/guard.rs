//! Who gets in: the policy of a route against the standing of who asks.

use std::panic::AssertUnwindSafe;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError};
use futures_util::FutureExt;

use super::{Policy, Standing};
use crate::errors::Error;

/// Stops who may not, and turns a panic of one handler into one failed answer.
pub(super) async fn guard(
    policy: Policy,
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, actix_web::Error> {
    let standing = req.extensions().get::<Standing>().copied();
    if let Err(error) = admit(policy, standing) {
        return Ok(req.into_response(error.error_response()).map_into_right_body());
    }
    let request = req.request().clone();
    match AssertUnwindSafe(next.call(req)).catch_unwind().await {
        Ok(answered) => answered.map(ServiceResponse::map_into_left_body),
        Err(panic) => {
            let said = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or(panic.downcast_ref::<&str>().copied());
            tracing::error!(
                panic = said.unwrap_or("?"),
                path = request.path(),
                "a handler panicked"
            );
            Ok(ServiceResponse::new(request, Error::Internal.error_response()).map_into_right_body())
        }
    }
}

fn admit(policy: Policy, standing: Option<Standing>) -> Result<(), Error> {
    match (policy, standing) {
        (Policy::Public, _) => Ok(()),
        (_, None) => Err(Error::SignIn),
        (Policy::SignedIn, Some(_)) => Ok(()),
        (Policy::Reader, Some(who)) if !who.submit_only => Ok(()),
        (Policy::Admin, Some(who)) if who.admin => Ok(()),
        // What one may not see does not exist.
        (Policy::Reader | Policy::Admin, Some(_)) => Err(Error::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_in_where_the_table_does_not_say_so() {
        let rep = Some(Standing {
            admin: false,
            submit_only: false,
        });
        let field = Some(Standing {
            admin: false,
            submit_only: true,
        });
        let admin = Some(Standing {
            admin: true,
            submit_only: false,
        });
        assert!(admit(Policy::Public, None).is_ok());
        for policy in [Policy::SignedIn, Policy::Reader, Policy::Admin] {
            assert!(matches!(admit(policy, None), Err(Error::SignIn)));
            assert!(admit(policy, admin).is_ok());
        }
        assert!(admit(Policy::SignedIn, field).is_ok());
        assert!(matches!(admit(Policy::Reader, field), Err(Error::NotFound)));
        assert!(admit(Policy::Reader, rep).is_ok());
        assert!(matches!(admit(Policy::Admin, rep), Err(Error::NotFound)));
    }
}
