//! What documents name, and whether it exists.

use std::{collections::BTreeSet, fs, path::Path};

/// Tests that the texts name and nobody has written.
pub fn missing_tests(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = BTreeSet::new();
    for folder in ["backend/src", "backend/tests"] {
        tests_below(&root().join(folder), &mut known);
    }
    texts
        .flat_map(|text| quoted(&text).collect::<Vec<_>>())
        .filter(|name| is_test_name(name) && !known.contains(name))
        .collect()
}

/// What stands between backticks.
pub fn quoted(text: &str) -> impl Iterator<Item = String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned)
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in a workspace")
}

/// Tests are sentences: several words, and nothing but words.
fn is_test_name(name: &str) -> bool {
    name.matches('_').count() >= 3
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn tests_below(folder: &Path, known: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            tests_below(&path, known);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("a readable source");
            let names = text.split("fn ").skip(1).filter_map(|rest| {
                let (name, _) = rest.split_once('(')?;
                Some(name.to_owned())
            });
            known.extend(names);
        }
    }
}
