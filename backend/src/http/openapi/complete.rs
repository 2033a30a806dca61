//! What every operation has in common is written into the document here, once.
//!
//! A handler tells what is its own: its answers, and those problems that only it knows. The rest follows from its
//! shape: who must sign in may hear 401, who sends a body 413, who names an id 404, and each problem is a
//! problem document.

use std::time::Duration;

use contract::problem::{FieldCode, FieldError, FieldErrors};
use serde_json::Value;
use utoipa::PartialSchema as _;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::{
    Components, Content, ContentBuilder, OpenApi, PathItem, Ref, RefOr, Required, Response,
    ResponseBuilder,
};

use crate::problem::ApiError;

/// Completes the document that the handlers gave.
pub fn complete(mut document: OpenApi) -> OpenApi {
    describe_problems(document.components.get_or_insert_default());
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            complete_operation(path, method, operation);
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem {
        get,
        put,
        post,
        delete,
        patch,
        ..
    } = item;
    [
        ("get", get),
        ("put", put),
        ("post", post),
        ("delete", delete),
        ("patch", patch),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

fn complete_operation(path: &str, method: &str, operation: &mut Operation) {
    // Handlers of different features have the same short names.
    let tag = operation.tags.iter().flatten().next();
    if let (Some(tag), Some(name)) = (tag, &operation.operation_id) {
        operation.operation_id = Some(format!("{tag}_{name}"));
    }
    let has = |place: ParameterIn, name: Option<&str>| {
        operation.parameters.iter().flatten().any(|parameter| {
            matches!(parameter, RefOr::T(parameter)
                if parameter.parameter_in == place && name.is_none_or(|name| parameter.name == name))
        })
    };
    let has_body = operation.request_body.is_some();
    let has_query = has(ParameterIn::Query, None);
    let mut problems = vec![];
    if operation.security.is_none() {
        problems.push(401);
    }
    if path.contains('{') {
        problems.push(404);
    }
    if has(ParameterIn::Header, Some("If-Match")) {
        problems.push(412);
    }
    if has_body || has_query {
        problems.extend([400, 422]);
    }
    if has_body {
        problems.extend([413, 415]);
    }
    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut() {
        if let RefOr::T(response) = response {
            complete_response(status, response);
        }
        // What a handler says of a problem beyond its status is its own; else the common words do.
        let says_nothing =
            matches!(response, RefOr::T(response) if response.description.is_empty());
        if let Some(problem) = Problem::of(status).filter(|_| says_nothing) {
            *response = problem.reference();
        }
    }
    for status in problems {
        if let Some(problem) = Problem::of(&status.to_string()) {
            responses
                .entry(status.to_string())
                .or_insert_with(|| problem.reference());
        }
    }
    if !path.starts_with("/health") {
        responses
            .entry("default".to_owned())
            .or_insert_with(|| Ref::from_response_name(TROUBLE).into());
    }
    let answers_304 = operation.responses.responses.contains_key("304");
    if method == "get" && (answers_304 || path.ends_with("/{id}") || path.ends_with("/me")) {
        tell_of_304(operation);
    }
}

/// A single thing is read with its tag.
fn tell_of_304(operation: &mut Operation) {
    let known = ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The `ETag` of what you have: 304 if it is still so."))
        .schema(Some(String::schema()))
        .build();
    operation
        .parameters
        .get_or_insert_default()
        .push(known.into());
    operation
        .responses
        .responses
        .entry("304".to_owned())
        .or_insert_with(|| Response::new("You have it already.").into());
    let read = operation.responses.responses.get_mut("200");
    if let Some(RefOr::T(response)) = read {
        add_header(response, "ETag", "Give it as `If-Match` with a change.");
    }
}

fn complete_response(status: &str, response: &mut Response) {
    if status.starts_with(['4', '5']) {
        response.content.clear();
        response
            .content
            .insert(PROBLEM_JSON.to_owned(), problem_content(None).into());
    }
    if status == "201" {
        add_header(response, "Location", "Where it is.");
        add_header(response, "ETag", "Give it as `If-Match` with a change.");
    }
    if response.description.is_empty() {
        response.description = match status {
            "200" => "As asked for.",
            "201" => "Made.",
            "204" => "Done.",
            _ => "",
        }
        .to_owned();
    }
}

fn add_header(response: &mut Response, name: &str, description: &str) {
    let header = HeaderBuilder::new()
        .schema(Some(String::schema()))
        .description(Some(description))
        .build();
    response.headers.insert(name.to_owned(), header.into());
}

const PROBLEM_JSON: &str = "application/problem+json";
const TROUBLE: &str = "Trouble";

/// A problem that many operations have in common.
struct Problem {
    status: u16,
    name: &'static str,
    error: ApiError,
}

impl Problem {
    fn all() -> Vec<Self> {
        let invalid = FieldErrors::one(
            "email",
            FieldError::new(FieldCode::NotAnAddress, "must be one e-mail address"),
        );
        let too_many = ApiError::TooManyRequests(Duration::ZERO);
        let unreadable = ApiError::Unreadable("The body is not JSON.".to_owned());
        let of = |status, name, error| Self {
            status,
            name,
            error,
        };
        vec![
            of(400, "Unreadable", unreadable),
            of(401, "SignedOut", ApiError::SignedOut),
            of(403, "Forbidden", ApiError::Forbidden),
            of(404, "NotFound", ApiError::NotFound),
            of(412, "Changed", ApiError::Changed),
            of(413, "TooLarge", ApiError::TooLarge),
            of(415, "UnsupportedMediaType", ApiError::UnsupportedMediaType),
            of(422, "Invalid", ApiError::Invalid(invalid)),
            of(429, "TooManyRequests", too_many),
        ]
    }

    fn of(status: &str) -> Option<Self> {
        Self::all()
            .into_iter()
            .find(|problem| problem.status.to_string() == status)
    }

    fn reference(&self) -> RefOr<Response> {
        Ref::from_response_name(self.name).into()
    }
}

fn describe_problems(components: &mut Components) {
    for Problem { name, error, .. } in Problem::all() {
        let example = serde_json::to_value(error.problem()).ok();
        let response = ResponseBuilder::new()
            .description(error.problem().detail)
            .content(PROBLEM_JSON, problem_content(example))
            .build();
        components
            .responses
            .insert(name.to_owned(), response.into());
    }
    let trouble = ResponseBuilder::new()
        .description("Anything else: 500 is our own fault, after a 503 try again.")
        .content(PROBLEM_JSON, problem_content(None))
        .build();
    components
        .responses
        .insert(TROUBLE.to_owned(), trouble.into());
}

fn problem_content(example: Option<Value>) -> Content {
    ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .example(example)
        .build()
}
