//! A bucket that speaks Amazon's S3: the same for all processes, wherever they run.

use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::client::{ClientOptions, HttpClient, HttpConnector};
use object_store::{BackoffConfig, RetryConfig};
use reqwest::Client;
use reqwest::redirect::Policy;

use crate::config::S3Config;
use crate::tls;

/// For one answer. Pictures are some megabytes at most.
const ANSWERED_WITHIN: Duration = Duration::from_secs(20);
const CONNECTED_WITHIN: Duration = Duration::from_secs(5);
/// An answer that may mend itself, such as 503, is asked for again, so often and no longer.
const TRIED_AGAIN: usize = 3;
const TRIED_WITHIN: Duration = Duration::from_secs(10);
const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// Opens the bucket, without asking it anything. Says what of the settings is wrong.
pub fn open(config: &S3Config) -> Result<AmazonS3, String> {
    let S3Config {
        endpoint,
        region,
        bucket,
        prefix: _,
        access_key,
        secret_key,
        path_style,
    } = config;
    let is_plain = endpoint.starts_with("http://");
    if !is_plain && !endpoint.starts_with("https://") {
        return Err("files.s3.endpoint must begin with https:// or http://".to_owned());
    }
    // Without keys it would look for some in places that nobody has configured.
    for (key, value) in [
        ("bucket", bucket.as_str()),
        ("access_key", access_key.reveal()),
        ("secret_key", secret_key.reveal()),
    ] {
        if value.is_empty() {
            return Err(format!("files.s3.{key} is not set"));
        }
    }
    let connector = Connector(client(is_plain)?);
    let retry = RetryConfig {
        backoff: BackoffConfig {
            init_backoff: FIRST_WAIT,
            max_backoff: LONGEST_WAIT,
            base: 2.0,
        },
        max_retries: TRIED_AGAIN,
        retry_timeout: TRIED_WITHIN,
    };
    AmazonS3Builder::new()
        .with_endpoint(address(endpoint, bucket, *path_style)?)
        .with_region(region)
        .with_bucket_name(bucket)
        .with_access_key_id(access_key.reveal())
        .with_secret_access_key(secret_key.reveal())
        .with_virtual_hosted_style_request(!path_style)
        .with_allow_http(is_plain)
        // Of the many at once that Amazon deletes, others know nothing.
        .with_config(AmazonS3ConfigKey::DisableBulkDelete, "true")
        .with_retry(retry)
        .with_http_connector(connector)
        .build()
        .map_err(|error| format!("files.s3: {error}"))
}

/// With the bucket before the host, the whole host is asked for.
fn address(endpoint: &str, bucket: &str, path_style: bool) -> Result<String, String> {
    let endpoint = endpoint.trim_end_matches('/');
    if path_style {
        return Ok(endpoint.to_owned());
    }
    let (scheme, host) = endpoint
        .split_once("://")
        .ok_or("files.s3.endpoint is no address")?;
    Ok(format!("{scheme}://{bucket}.{host}"))
}

fn client(is_plain: bool) -> Result<Client, String> {
    let authorities = match is_plain {
        true => tls::no_authorities(),
        false => tls::system_authorities().ok_or("this system trusts no certificate authority")?,
    };
    let tls = tls::client_config(authorities).map_err(|error| error.to_string())?;
    Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(ANSWERED_WITHIN)
        .connect_timeout(CONNECTED_WITHIN)
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .map_err(|error| error.to_string())
}

/// Our own client: it trusts whom this system trusts, by the cryptography that the rest of the program uses.
#[derive(Debug)]
struct Connector(Client);

impl HttpConnector for Connector {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.0.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn config() -> S3Config {
        S3Config {
            endpoint: "https://s3.example.org".to_owned(),
            region: "eu-central-1".to_owned(),
            bucket: "golub".to_owned(),
            prefix: String::new(),
            access_key: Secret::new("AKEXAMPLE"),
            secret_key: Secret::new("a very secret key"),
            path_style: true,
        }
    }

    #[test]
    fn what_is_missing_is_told_and_no_key_is() {
        assert!(open(&config()).is_ok());
        for (wrong, expected) in [
            (
                S3Config {
                    endpoint: "s3.example.org".to_owned(),
                    ..config()
                },
                "endpoint",
            ),
            (
                S3Config {
                    bucket: String::new(),
                    ..config()
                },
                "bucket",
            ),
            (
                S3Config {
                    access_key: Secret::default(),
                    ..config()
                },
                "access_key",
            ),
            (
                S3Config {
                    secret_key: Secret::default(),
                    ..config()
                },
                "secret_key",
            ),
        ] {
            let told = open(&wrong).unwrap_err();
            assert!(
                told.contains(expected) && !told.contains("very secret"),
                "{told}"
            );
        }
        let printed = format!("{:?} {:?}", config(), open(&config()).unwrap());
        assert!(!printed.contains("very secret"), "{printed}");
    }

    #[test]
    fn the_bucket_stands_where_its_keeper_looks_for_it() {
        let address = |path_style| address("https://s3.example.org/", "golub", path_style);
        assert_eq!(address(true).unwrap(), "https://s3.example.org");
        assert_eq!(address(false).unwrap(), "https://golub.s3.example.org");
    }
}
