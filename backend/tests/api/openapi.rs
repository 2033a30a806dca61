//! The API's description: complete, and the same at the root of the repository as at the service.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::TestApp;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");

#[actix_web::test]
async fn openapi_yaml_is_what_the_service_serves() {
    let app = TestApp::start().await;
    let served = app.guest().get("/api/openapi.yaml").await;
    assert_eq!(served.header("content-type"), "application/yaml");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, served.text()).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        kept == served.text(),
        "openapi.yaml is stale: write it anew with `cargo run -p golub -- openapi > openapi.yaml`"
    );
}

#[actix_web::test]
async fn every_operation_is_described_whole() {
    let document = document(&TestApp::start().await).await;
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(
            ids.insert(id.to_owned()),
            "{id} is the name of two operations"
        );
        assert!(
            !text(&operation["summary"]).is_empty(),
            "{name} has no summary"
        );
        assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{name}");
        let responses = operation["responses"].as_object().unwrap();
        for (status, response) in responses {
            let response = resolved(&document, response);
            assert!(
                !text(&response["description"]).is_empty(),
                "{name} {status}"
            );
            let problem = status.starts_with(['4', '5']) || status == "default";
            assert!(
                !problem || response["content"]["application/problem+json"].is_object(),
                "{name} {status} is no problem document"
            );
        }
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "{name}"
        );
        let secured = operation.get("security").is_none();
        // Those of `auth` refuse who is signed out already; but one proves again only what was proved before.
        let opens = name.contains("/auth/") && !name.ends_with("/auth/prove");
        assert_eq!(secured, responses.contains_key("401") && !opens, "{name}");
        for place in path_places(&name) {
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(
                parameters
                    .iter()
                    .any(|parameter| parameter["name"] == place),
                "{name}"
            );
        }
    }
}

#[actix_web::test]
async fn every_reference_leads_somewhere() {
    let document = document(&TestApp::start().await).await;
    let mut references = BTreeSet::new();
    collect_references(&document, &mut references);
    assert!(references.len() > 10);
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(
            document.pointer(pointer).is_some(),
            "{reference} leads nowhere"
        );
    }
}

#[actix_web::test]
async fn the_description_can_be_looked_at_in_a_browser() {
    let app = TestApp::start().await;
    let page = app.guest().get("/api/docs/").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("swagger-ui"));
    let script = app.guest().get("/api/docs/swagger-ui-bundle.js").await;
    assert_eq!(script.status, 200);
}

/// The served document.
pub async fn document(app: &TestApp) -> Value {
    app.guest().get("/api/openapi.json").await.value()
}

/// Every operation by its name, such as `GET /api/v1/recipients`.
pub fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        item.as_object()
            .unwrap()
            .iter()
            .map(move |(method, operation)| {
                (format!("{} {path}", method.to_uppercase()), operation)
            })
    });
    operations.collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn path_places(name: &str) -> Vec<&str> {
    let places = name.split('{').skip(1);
    places.filter_map(|rest| rest.split('}').next()).collect()
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

fn collect_references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get("$ref") {
                found.insert(reference.clone());
            }
            object
                .values()
                .for_each(|value| collect_references(value, found));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|value| collect_references(value, found)),
        _ => {}
    }
}
