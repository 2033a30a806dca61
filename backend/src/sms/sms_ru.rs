//! sms.ru over HTTP: one form for one message, and its answer.
//!
//! The key travels in the form, never in an address, so that it stands in no error; should the service repeat it in
//! its words, it is taken out. Redirects are not followed: they would carry the key somewhere else.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};

use super::SmsConfigError;
use super::answer::{SmsAnswer, SmsFate, SmsVerdict, digits};
use crate::config::{Secret, SmsConfig};
use crate::tls;

/// Answers are a few hundred bytes long. More is not read.
const BODY_LIMIT: usize = 64 * 1024;

/// The service, ready to be asked.
#[derive(Clone, Debug)]
pub struct SmsRu {
    client: Client,
    sending: Url,
    checking: Url,
    api_id: Secret,
    timeout: Duration,
}

impl SmsRu {
    pub(super) fn new(config: &SmsConfig) -> Result<Self, SmsConfigError> {
        let SmsConfig {
            transport: _,
            url,
            api_id,
            timeout,
            connections: _,
            per_second: _,
            per_hour: _,
            per_day: _,
        } = config;
        if api_id.is_empty() {
            return Err(SmsConfigError::NoApiId);
        }
        let address = |path: &str| -> Result<Url, SmsConfigError> {
            let address = format!("{}/{path}", url.trim_end_matches('/'));
            address.parse().map_err(|_| SmsConfigError::Url)
        };
        let (sending, checking) = (address("sms/send")?, address("auth/check")?);
        let authorities = match sending.scheme() {
            "https" => tls::system_authorities().ok_or(SmsConfigError::NoAuthorities)?,
            "http" => tls::no_authorities(),
            _ => return Err(SmsConfigError::Url),
        };
        let trouble = |error: &dyn std::fmt::Display| SmsConfigError::Client(error.to_string());
        let tls = tls::client_config(authorities).map_err(|error| trouble(&error))?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .timeout(*timeout)
            // So that it is known whether a message left at all.
            .connect_timeout(*timeout / 2)
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| trouble(&error))?;
        Ok(Self {
            client,
            sending,
            checking,
            api_id: api_id.clone(),
            timeout: *timeout,
        })
    }

    pub(super) async fn send(&self, to: &str, text: &str) -> SmsAnswer {
        let number = digits(to);
        let fields = [("to", number.as_str()), ("msg", text)];
        self.ask(&self.sending, &fields, |body| {
            SmsAnswer::read(body, &number)
        })
        .await
    }

    /// Does the service take our key?
    pub(super) async fn check(&self) -> SmsAnswer {
        self.ask(&self.checking, &[], SmsAnswer::read_whole).await
    }

    async fn ask(
        &self,
        address: &Url,
        fields: &[(&str, &str)],
        read: impl FnOnce(&[u8]) -> SmsAnswer,
    ) -> SmsAnswer {
        let mut form = vec![("api_id", self.api_id.reveal()), ("json", "1")];
        form.extend(fields);
        let asked = self.client.post(address.clone()).form(&form);
        let answer = match asked.send().await {
            Ok(response) => self.read(response, read).await,
            Err(error) => self.no_answer(&error),
        };
        SmsAnswer {
            words: answer.words.replace(self.api_id.reveal(), "***"),
            ..answer
        }
    }

    async fn read(
        &self,
        mut response: Response,
        read: impl FnOnce(&[u8]) -> SmsAnswer,
    ) -> SmsAnswer {
        let status = response.status();
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => return self.no_answer(&error),
            }
            if body.len() > BODY_LIMIT {
                let words = "the SMS service's answer is far too long to be one";
                return SmsAnswer::ours(SmsVerdict::Later, words).with_fate(SmsFate::Lost);
            }
        }
        let answer = read(&body);
        let Some(fate) = fate_by_status(status) else {
            return answer;
        };
        let fate = match answer.code {
            // An HTTP status, repeated by whatever stands before the service, or by a service that has stumbled.
            Some(500..=599) => SmsFate::Lost,
            // Where the service says what became of it, its word goes.
            Some(_) if answer.verdict != SmsVerdict::Failed => return answer,
            // A code that nobody knows may be that of whatever stands before the service.
            Some(_) | None => fate,
        };
        SmsAnswer::ours(SmsVerdict::Later, http(status)).with_fate(fate)
    }

    fn no_answer(&self, error: &reqwest::Error) -> SmsAnswer {
        let has_left = !error.is_connect();
        let words = if has_left && error.is_timeout() {
            format!("no answer within {:?}", self.timeout)
        } else {
            // The innermost cause is what a person can do something about; those around it name the address.
            let mut cause: &dyn std::error::Error = error;
            while let Some(inner) = cause.source() {
                cause = inner;
            }
            match has_left {
                true => format!("the SMS service broke off: {cause}"),
                false => format!("the SMS service cannot be reached: {cause}"),
            }
        };
        let fate = match has_left {
            true => SmsFate::Lost,
            false => SmsFate::NotSent,
        };
        SmsAnswer::ours(SmsVerdict::Later, words).with_fate(fate)
    }
}

/// How far a message came that was answered by a status alone; none where the status means success.
fn fate_by_status(status: StatusCode) -> Option<SmsFate> {
    /// nginx: whoever asked did not wait.
    const CLIENT_CLOSED_REQUEST: u16 = 499;
    if status.is_success() {
        return None;
    }
    let is_given_up =
        status == StatusCode::REQUEST_TIMEOUT || status.as_u16() == CLIENT_CLOSED_REQUEST;
    // The service may have stumbled when it had taken the message, and what stands before it does not know.
    let may_be_taken = status.is_server_error() || is_given_up;
    Some(match may_be_taken {
        true => SmsFate::Lost,
        // Whoever answers so is no SMS service, and has sent nothing.
        false => SmsFate::NotSent,
    })
}

fn http(status: StatusCode) -> String {
    format!("the SMS service answered HTTP {status}")
}
