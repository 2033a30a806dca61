//! Whom to trust, settled once at start.

use std::{path::Path, sync::Arc};

use tokio_rustls::rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

use crate::mail::{ConfigError, MailConfig, SmtpUrl};
use crate::tls;

#[derive(Clone, Debug)]
pub(super) struct TlsSettings {
    pub config: Arc<ClientConfig>,
    pub server_name: ServerName<'static>,
}

impl TlsSettings {
    pub fn new(url: &SmtpUrl, settings: &MailConfig) -> Result<Self, ConfigError> {
        let authorities = match &settings.smtp_ca_file {
            Some(file) => from_file(file)?,
            None => tls::system_authorities().ok_or(ConfigError::NoAuthorities)?,
        };
        let config = tls::client_config(authorities)
            .map_err(|error| ConfigError::CaFile(error.to_string()))?;
        Ok(Self {
            config: Arc::new(config),
            server_name: ServerName::try_from(url.host.clone())
                .map_err(|_| ConfigError::ServerName)?,
        })
    }
}

fn from_file(file: &Path) -> Result<RootCertStore, ConfigError> {
    let fault =
        |error: &dyn std::fmt::Display| ConfigError::CaFile(format!("{}: {error}", file.display()));
    let mut authorities = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| fault(&error))? {
        let certificate = certificate.map_err(|error| fault(&error))?;
        authorities
            .add(certificate)
            .map_err(|error| fault(&error))?;
    }
    if authorities.is_empty() {
        return Err(fault(&"there is no certificate in it"));
    }
    Ok(authorities)
}
