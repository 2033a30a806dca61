//! TLS as a client: whom to trust, and by which cryptography.

use std::sync::Arc;

use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore, crypto::ring};

/// The authorities that this system trusts; none if it knows none.
pub fn system_authorities() -> Option<RootCertStore> {
    let mut authorities = RootCertStore::empty();
    // Systems carry certificates that no library can read; the others count.
    let found = rustls_native_certs::load_native_certs();
    authorities.add_parsable_certificates(found.certs);
    Some(authorities).filter(|authorities| !authorities.is_empty())
}

/// For who never speaks TLS.
pub fn no_authorities() -> RootCertStore {
    RootCertStore::empty()
}

/// Trusts these authorities, and shows no certificate of its own.
pub fn client_config(authorities: RootCertStore) -> Result<ClientConfig, Error> {
    // The provider is named because rustls panics when several are compiled in and none is chosen.
    Ok(
        ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(authorities)
            .with_no_client_auth(),
    )
}
