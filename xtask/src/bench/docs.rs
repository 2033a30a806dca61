//! Puts what was measured into a page, between two marks that name the command; the rest of the page stays.

use std::{fs, path::Path};

use crate::problem::{Outcome, Problem};

/// Replaces what stands between the marks of `command`.
pub fn write(page: &Path, command: &str, text: &str) -> Outcome<()> {
    let name = page.display().to_string();
    let old = fs::read_to_string(page).map_err(|error| Problem::failed(&name, error))?;
    let new = replaced(&old, command, text).ok_or_else(|| {
        Problem::Failed(format!(
            "{name} has no place for the figures of `{command}`"
        ))
    })?;
    fs::write(page, new).map_err(|error| Problem::failed(&name, error))
}

fn replaced(page: &str, command: &str, text: &str) -> Option<String> {
    let begin = format!("<!-- made by `{command}` -->\n");
    let end = format!("<!-- end of `{command}` -->");
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{}\n\n{end}{after}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let page = "# A\n<!-- made by `x` -->\nold\n<!-- end of `x` -->\nB\n";
        let new = replaced(page, "x", "new\n").expect("it has the marks");
        assert_eq!(
            new,
            "# A\n<!-- made by `x` -->\n\nnew\n\n<!-- end of `x` -->\nB\n"
        );
        assert_eq!(replaced(&new, "x", "new").as_ref(), Some(&new));
        assert_eq!(replaced(page, "y", "new"), None);
    }
}
