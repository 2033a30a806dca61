//! Personal letters: `{{ full_name }}` and `{{ email }}` in a subject or a body.
//!
//! A text is taken apart once and filled in for each recipient. What is filled in is data: braces in a name
//! never become a variable.

use crate::problem::{FieldCode, FieldError};

/// Whoever made more mistakes than this in one text will look again anyway.
const ERRORS_LIMIT: usize = 20;

/// What can stand between the braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variable {
    FullName,
    Email,
}

impl Variable {
    pub const ALL: [Variable; 2] = [Variable::FullName, Variable::Email];

    pub const fn name(self) -> &'static str {
        match self {
            Variable::FullName => "full_name",
            Variable::Email => "email",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|variable| variable.name() == name)
    }
}

/// A text with its variables found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(Variable),
}

impl Template {
    /// Takes a text apart. Every error tells its line and column.
    pub fn parse(text: &str) -> Result<Self, Vec<FieldError>> {
        let mut parts = Vec::new();
        let mut errors = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            if errors.len() == ERRORS_LIMIT {
                break;
            }
            if start > 0 {
                parts.push(Part::Text(rest[..start].to_owned()));
            }
            let place = text.len() - rest.len() + start;
            let inside = &rest[start + 2..];
            let Some(end) = inside.find("}}") else {
                errors.push(at(
                    text,
                    place,
                    FieldError::new(FieldCode::UnclosedVariable, "a {{ has no }}"),
                ));
                return Err(errors);
            };
            let name = inside[..end].trim();
            match Variable::from_name(name) {
                Some(variable) => parts.push(Part::Variable(variable)),
                None => {
                    // A name as long as a letter would only fill the answer.
                    let name: String = name.chars().take(60).collect();
                    let message =
                        format!("unknown variable {name:?}; known are full_name and email");
                    let error = FieldError::new(FieldCode::UnknownVariable, message);
                    errors.push(at(
                        text,
                        place,
                        FieldError {
                            name: Some(name),
                            ..error
                        },
                    ));
                }
            }
            rest = &inside[end + 2..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        if errors.is_empty() {
            Ok(Self { parts })
        } else {
            Err(errors)
        }
    }

    /// Finds variables that stand in a text as `mark` writes them; braces are nothing special in it.
    pub fn from_marked(text: &str, mark: impl Fn(Variable) -> String) -> Self {
        let mut found = Vec::new();
        for variable in Variable::ALL {
            let mark = mark(variable);
            let places = text.match_indices(mark.as_str());
            found.extend(places.map(|(start, mark)| (start, mark.len(), variable)));
        }
        found.sort_by_key(|(start, ..)| *start);
        let mut parts = Vec::new();
        let mut end = 0;
        for (start, length, variable) in found {
            if start > end {
                parts.push(Part::Text(text[end..start].to_owned()));
            }
            parts.push(Part::Variable(variable));
            end = start + length;
        }
        let rest = &text[end..];
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Self { parts }
    }

    /// Writes the text with every variable's value as `value` gives it.
    pub fn fill<'a>(&self, value: impl Fn(Variable) -> std::borrow::Cow<'a, str>) -> String {
        let mut filled = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Variable(variable) => filled.push_str(&value(*variable)),
            }
        }
        filled
    }
}

/// What is wrong with the variables of a text.
pub fn errors(text: &str) -> Vec<FieldError> {
    Template::parse(text).err().unwrap_or_default()
}

fn at(text: &str, place: usize, error: FieldError) -> FieldError {
    let before = &text[..place];
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u64 + 1;
    FieldError {
        line: Some(line),
        column: Some(column),
        ..error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        Template::parse(text)
            .unwrap()
            .fill(|variable| match variable {
                Variable::FullName => "{{ email }}".into(),
                Variable::Email => "anna@example.org".into(),
            })
    }

    #[test]
    fn variables_are_filled_in_and_values_stay_values() {
        assert_eq!(
            filled("Hello {{ full_name }} <{{email}}>!"),
            "Hello {{ email }} <anna@example.org>!"
        );
        assert_eq!(filled("no variable } here {"), "no variable } here {");
    }

    #[test]
    fn marked_variables_are_found_and_braces_stay() {
        let template = Template::from_marked("a{{ email }}Xfull_nameXemail", |variable| {
            format!("X{}", variable.name())
        });
        let filled = template.fill(|variable| match variable {
            Variable::FullName => "Anna".into(),
            Variable::Email => "anna@example.org".into(),
        });
        assert_eq!(filled, "a{{ email }}Annaanna@example.org");
    }

    #[test]
    fn an_unknown_variable_is_told_at_its_place() {
        let errors = errors("Привет,\nдорогой {{ name }} и {{ who }}");
        assert_eq!(errors.len(), 2);
        assert_eq!(errors[0].code, FieldCode::UnknownVariable);
        assert_eq!((errors[0].line, errors[0].column), (Some(2), Some(9)));
        assert_eq!(errors[0].name.as_deref(), Some("name"));
    }

    #[test]
    fn a_text_full_of_mistakes_is_told_of_a_few() {
        assert_eq!(errors(&"{{x}}".repeat(100_000)).len(), ERRORS_LIMIT);
    }

    #[test]
    fn an_open_brace_needs_its_end() {
        assert_eq!(errors("{{ full_name")[0].code, FieldCode::UnclosedVariable);
    }
}
