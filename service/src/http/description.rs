//! What the description says of every operation alike: the problems that the layers around it and its extractors answer with, and their headers.

use tenantry_model::problem::{Problem, ProblemKind};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::{
    Content, Header, KnownFormat, ObjectBuilder, OpenApi, Ref, RefOr, Response, SchemaFormat, SecurityRequirement, Type,
};
use utoipa::{PartialSchema as _, ToSchema as _};

use crate::http::frame;

/// The names of the two ways to sign in.
pub(super) const USER: &str = "user";
pub(super) const KEY: &str = "key";

const REQUEST_ID: &str = "X-Request-Id";

/// Adds to each operation what its own handler does not decide.
pub(super) fn complete(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        for operation in [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete].into_iter().flatten() {
            complete_operation(path, operation);
        }
    }
    let components = document.components.get_or_insert_default();
    for kind in ProblemKind::ALL {
        let mut response = Response::new(kind.title());
        complete_response(kind.status(), &mut response);
        components.responses.insert(kind.as_str().to_owned(), response.into());
    }
    let id = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    let id = HeaderBuilder::new().schema(Some(id)).description(Some("Quote it when asking for help: the log has it."));
    components.headers.insert(REQUEST_ID.to_owned(), id.build().into());
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
}

fn complete_operation(path: &str, operation: &mut Operation) {
    let problems = problems_of(path, operation);
    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut() {
        if let (Ok(status), RefOr::T(response)) = (status.parse(), response) {
            complete_response(status, response);
        }
    }
    for kind in problems {
        let shared = || RefOr::Ref(Ref::new(format!("#/components/responses/{}", kind.as_str())));
        responses.entry(kind.status().to_string()).or_insert_with(shared);
    }
}

/// What is answered before the handler decides anything, and what any may fail with.
fn problems_of(path: &str, operation: &Operation) -> Vec<ProblemKind> {
    let mut kinds = vec![ProblemKind::BadRequest, ProblemKind::PayloadTooLarge, ProblemKind::Internal, ProblemKind::Timeout];
    if path != frame::ALWAYS_ANSWERED {
        kinds.extend([ProblemKind::TooManyRequests, ProblemKind::Unavailable]);
    }
    if is_secured_by(operation, USER) {
        kinds.extend([ProblemKind::Unauthorized, ProblemKind::TenantRefused]);
    }
    if is_secured_by(operation, KEY) {
        kinds.push(ProblemKind::KeyRefused);
    }
    if operation.request_body.is_some() {
        kinds.extend([ProblemKind::BodyTimeout, ProblemKind::UnsupportedMediaType]);
    }
    for parameter in operation.parameters.iter().flatten() {
        let RefOr::T(Parameter { name, parameter_in, .. }) = parameter else { continue };
        match (parameter_in, name.as_str()) {
            // A malformed id is not found, as an unknown one is.
            (ParameterIn::Path, _) => kinds.push(ProblemKind::NotFound),
            (ParameterIn::Header, "If-Match") => kinds.extend([ProblemKind::PreconditionRequired, ProblemKind::PreconditionFailed]),
            (ParameterIn::Header, _) => kinds.push(ProblemKind::Conflict),
            _ => {}
        }
    }
    kinds
}

fn is_secured_by(operation: &Operation, scheme: &str) -> bool {
    let wanted = SecurityRequirement::new::<_, [&str; 0], &str>(scheme, []);
    operation.security.iter().flatten().any(|requirement| *requirement == wanted)
}

fn complete_response(status: u16, response: &mut Response) {
    let mut header = |name: &str, header: RefOr<Header>| drop(response.headers.insert(name.to_owned(), header));
    header(REQUEST_ID, RefOr::Ref(Ref::new(format!("#/components/headers/{REQUEST_ID}"))));
    if status < 400 {
        return;
    }
    match status {
        401 => header("WWW-Authenticate", Header::default().into()),
        429 | 503 => {
            let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
            header("Retry-After", HeaderBuilder::new().schema(Some(seconds)).description(Some("In seconds.")).build().into());
        }
        _ => {}
    }
    let problem = Content::new(Some(Ref::from_schema_name(Problem::name())));
    response.content.entry("application/problem+json".to_owned()).or_insert_with(|| problem.into());
}
