//! A short name for bytes: the same bytes have the same, others have another.

use sha2::{Digest as _, Sha256};

/// Sixteen hexadecimal digits, the beginning of the SHA-256.
pub fn short(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let beginning = digest.first_chunk().copied().unwrap_or_default();
    format!("{:016x}", u64::from_be_bytes(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_the_beginning_of_the_sha_256() {
        // From FIPS 180-2.
        assert_eq!(short(b"abc"), "ba7816bf8f01cfea");
        // SHA-256 of this begins with a nought.
        assert_eq!(short(b"39"), "0b918943df0962bc");
    }
}
