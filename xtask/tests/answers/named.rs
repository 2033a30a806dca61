//! What documents name between backticks, and whether it exists.

use std::{collections::BTreeSet, fs, path::Path};

/// What there is to be named.
pub struct Known {
    tests: BTreeSet<String>,
    /// As `GET recipients/{id}`.
    operations: BTreeSet<String>,
    /// As `sms.api_id`.
    settings: BTreeSet<String>,
    routes: String,
    readme: String,
}

impl Known {
    pub fn read() -> Self {
        let mut tests = BTreeSet::new();
        for folder in ["backend/src", "backend/tests", "xtask/tests"] {
            tests_below(&root().join(folder), &mut tests);
        }
        Self {
            tests,
            operations: operations(&read("openapi.yaml")),
            settings: settings(&read("golub.example.toml")),
            routes: read("frontend/src/routes.rs"),
            readme: read("README.md"),
        }
    }

    pub fn has_test(&self, name: &str) -> bool {
        self.tests.contains(name)
    }

    pub fn has_operation(&self, name: &str) -> bool {
        self.operations.contains(name)
    }

    pub fn has_screen(&self, name: &str) -> bool {
        name.starts_with('/') && self.routes.contains(&format!("#[at(\"{name}\")]"))
    }

    /// As `golub send`.
    pub fn has_command(&self, name: &str) -> bool {
        name.starts_with("golub ") && self.readme.contains(&format!("`{name}"))
    }

    /// A file or a folder, by its path from the root.
    pub fn has_file(&self, name: &str) -> bool {
        !name.is_empty() && !name.starts_with('/') && root().join(name).exists()
    }

    pub fn has_anything(&self, name: &str) -> bool {
        self.has_test(name)
            || self.has_operation(name)
            || self.has_screen(name)
            || self.has_command(name)
            || self.has_file(name)
            || self.settings.contains(name)
            || has_function(name)
    }
}

/// What stands between backticks.
pub fn quoted(text: &str) -> impl Iterator<Item = String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned)
}

pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in a workspace")
}

fn operations(openapi: &str) -> BTreeSet<String> {
    let mut path = String::new();
    let mut known = BTreeSet::new();
    for line in openapi.lines() {
        if let Some(rest) = line.strip_prefix("  /api/v1/") {
            path = rest.trim_end_matches(':').to_owned();
        } else if let Some(method) = line
            .strip_prefix("    ")
            .and_then(|rest| rest.strip_suffix(':'))
            .filter(|method| ["get", "post", "put", "patch", "delete"].contains(method))
        {
            known.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    known
}

/// Those that are not set by default stand in comments.
fn settings(example: &str) -> BTreeSet<String> {
    let mut section = String::new();
    let mut known = BTreeSet::new();
    for line in example.lines() {
        let line = line.trim_start_matches('#');
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            section = name.trim_matches(['[', ']']).to_owned();
        } else if let Some((key, _)) = line.split_once(" = ") {
            known.insert(format!("{section}.{key}"));
        }
    }
    known
}

/// As `accounts::tokens::random_text`, of the backend.
fn has_function(name: &str) -> bool {
    let Some((modules, function)) = name.rsplit_once("::") else {
        return false;
    };
    let path = format!("backend/src/{}.rs", modules.replace("::", "/"));
    let text = fs::read_to_string(root().join(path)).unwrap_or_default();
    text.contains(&format!("fn {function}("))
}

fn tests_below(folder: &Path, known: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            tests_below(&path, known);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("a readable source");
            known.extend(tests_in(&text).map(str::to_owned));
        }
    }
}

/// The functions under `#[test]`, `#[tokio::test]` and the like; what stands between may be other attributes and
/// comments.
fn tests_in(text: &str) -> impl Iterator<Item = &str> {
    let mut is_marked = false;
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if line.starts_with("#[") {
            is_marked |= line.ends_with("test]") || line.contains("test(");
            return None;
        }
        if line.is_empty() || line.starts_with("//") {
            return None;
        }
        let was_marked = std::mem::take(&mut is_marked);
        let (_, rest) = line.split_once("fn ")?;
        let (name, _) = rest.split_once('(')?;
        was_marked.then_some(name)
    })
}

#[test]
fn helpers_are_no_tests() {
    let source = "
        #[cfg(test)]
        mod tests {
            fn a_helper_with_a_name() {}
            #[test]
            fn first() {}
            async fn between() {}
            #[tokio::test(flavor = \"current_thread\")]
            // Why so.
            #[expect(dead_code)]
            async fn second() {}
        }";
    assert_eq!(tests_in(source).collect::<Vec<_>>(), ["first", "second"]);
}

#[test]
fn what_does_not_exist_is_not_known() {
    let known = Known::read();
    for name in [
        "quoted",
        "no_such_test",
        "GET no/such/thing",
        "/no-such-screen",
        "golub sing",
        "no/such/file.rs",
        "sms.no_such_setting",
        "accounts::tokens::no_such_function",
        "",
    ] {
        assert!(!known.has_anything(name), "{name}");
    }
    for name in [
        "helpers_are_no_tests",
        "GET recipients/{id}",
        "/recipients/:id",
        "golub send",
        "golub.example.toml",
        "sms.api_id",
        "sms.per_day",
        "accounts::tokens::random_text",
    ] {
        assert!(known.has_anything(name), "{name}");
    }
}
