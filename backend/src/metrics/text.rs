//! The text format of Prometheus, version 0.0.4, as much of it as is needed here.

use std::fmt::{Display, Write as _};

/// Metrics as they are written down, one family after another.
#[derive(Debug, Default)]
pub struct Text(String);

impl Text {
    /// Begins a family: all its samples follow.
    pub fn family(&mut self, name: &str, kind: &str, help: &str) {
        self.line(format_args!("# HELP {name} {help}"));
        self.line(format_args!("# TYPE {name} {kind}"));
    }

    pub fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let labels: Vec<String> = labels
            .iter()
            .map(|(label, value)| format!("{label}=\"{}\"", escaped(value)))
            .collect();
        match labels.is_empty() {
            true => self.line(format_args!("{name} {value}")),
            false => self.line(format_args!("{name}{{{}}} {value}", labels.join(","))),
        }
    }

    /// A family of one sample without labels.
    pub fn single(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.family(name, kind, help);
        self.sample(name, &[], value);
    }

    pub fn finish(self) -> String {
        self.0
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing into a String does not fail.
        let _ = writeln!(self.0, "{line}");
    }
}

fn escaped(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_read_as_prometheus_wants_them() {
        let mut text = Text::default();
        text.single("golub_up", "gauge", "It is.", 1);
        text.family("golub_x", "counter", "Odd ones.");
        text.sample("golub_x", &[("a", "b\"c\\d"), ("e", "f")], 2.5);
        assert_eq!(
            text.finish(),
            "# HELP golub_up It is.\n# TYPE golub_up gauge\ngolub_up 1\n\
             # HELP golub_x Odd ones.\n# TYPE golub_x counter\ngolub_x{a=\"b\\\"c\\\\d\",e=\"f\"} 2.5\n"
        );
    }
}
