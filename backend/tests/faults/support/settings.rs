//! What differs from the defaults in these tests.

use super::Sink;

/// What is not as in `golub.example.toml`, as lines of `golub.toml`.
#[derive(Debug, Default)]
pub struct Settings(Vec<String>);

impl Settings {
    /// Letters go to this server; nobody waits for minutes.
    pub fn sending_to(sink: &Sink) -> Self {
        Self::default()
            .with("log.filter", "info,sqlx=warn,sea_orm_migration=warn")
            .with("auth.secret", "a secret for tests only, long enough")
            .with("mail.smtp_url", &sink.url())
            .with("delivery.unreachable_for", "1s")
            .with_raw(
                "delivery.retry_after",
                "['1s', '1s', '2s', '2s', '4s', '8s', '8s', '8s', '8s']",
            )
            .with("mail.breaker.wait", "1s")
            .with("mail.breaker.longest", "2s")
            .with("worker.every", "200ms")
    }

    pub fn with(self, key: &str, value: &str) -> Self {
        self.with_raw(key, &format!("{value:?}"))
    }

    pub fn without(mut self, key: &str) -> Self {
        let start = format!("{key} = ");
        self.0.retain(|line| !line.starts_with(&start));
        self
    }

    /// A value that is written as TOML has it.
    pub fn with_raw(self, key: &str, value: &str) -> Self {
        let mut settings = self.without(key);
        settings.0.push(format!("{key} = {value}"));
        settings
    }

    pub fn into_lines(self) -> Vec<String> {
        self.0
    }
}
