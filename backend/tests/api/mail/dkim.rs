//! DKIM signatures, checked by a verifier of its own that is first tried on the RFC's example.

use std::{collections::HashMap, fs, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use golub::mail::{DkimConfig, LetterDraft, Signer, Unsubscribe};
use rcgen::{KeyPair, PKCS_ED25519};
use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};

use super::{instant, letter_to, mailbox};

/// Made for this test with OpenSSL; it guards nothing.
const RSA: &str = include_str!("dkim/rsa.pem");
/// Its public half, as PKCS #1.
const RSA_PUBLIC: &str = include_str!("dkim/rsa_public.txt");

/// RFC 8463, appendix A.
const EXAMPLE: &str = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; \
    i=@football.example.com;\r\n q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : message-id : \
    from : subject : date;\r\n bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n \
    b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n\
    From: Joe SixPack <joe@football.example.com>\r\nTo: Suzie Q <suzie@shopping.example.net>\r\n\
    Subject: Is dinner ready?\r\nDate: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
    Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\n\
    Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
const EXAMPLE_KEY: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

/// Words with one space between them.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tags of a letter's signature, if it is right.
fn verified(letter: &str, key: &[u8]) -> Option<HashMap<String, String>> {
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let mut headers: Vec<(String, String)> = unfolded
        .lines()
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.to_lowercase(), squeezed(value)))
        .collect();
    let at = headers
        .iter()
        .position(|(name, _)| name == "dkim-signature");
    let (_, signature) = headers.remove(at?);
    let tags: HashMap<String, String> = signature
        .split(';')
        .map(|tag| tag.split_once('=').unwrap())
        .map(|(name, value)| (name.trim().to_owned(), value.replace(' ', "")))
        .collect();

    let mut lines: Vec<String> = body
        .split("\r\n")
        .map(|line| match line.starts_with([' ', '\t']) {
            true => format!(" {}", squeezed(line)).trim_end().to_owned(),
            false => squeezed(line),
        })
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let body: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    if tags["bh"] != BASE64_STANDARD.encode(Sha256::digest(body)) {
        return None;
    }
    let mut signed = String::new();
    for name in tags["h"].split(':') {
        // From the last to the first; one that is not there counts as nothing.
        if let Some(found) = headers.iter().rposition(|(known, _)| known == name) {
            let (name, value) = headers.remove(found);
            signed.push_str(&format!("{name}:{value}\r\n"));
        }
    }
    let (unsigned, _) = signature.rsplit_once(" b=").unwrap();
    signed.push_str(&format!("dkim-signature:{unsigned} b="));
    let bytes = BASE64_STANDARD.decode(&tags["b"]).ok()?;
    let right = match tags["a"].as_str() {
        "ed25519-sha256" => UnparsedPublicKey::new(&ED25519, key)
            .verify(&Sha256::digest(signed), &bytes)
            .is_ok(),
        "rsa-sha256" => UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)
            .verify(signed.as_bytes(), &bytes)
            .is_ok(),
        other => panic!("{other} is no way to sign"),
    };
    right.then_some(tags)
}

fn signer(folder: &Path, pem: &str) -> Signer {
    let key_file = folder.join("dkim.pem");
    fs::write(&key_file, pem).unwrap();
    let config = DkimConfig {
        domain: "example.com".to_owned(),
        selector: "golub".to_owned(),
        key_file,
    };
    Signer::new(Some(&config)).unwrap()
}

fn mailing_letter(signer: &Signer) -> String {
    let from = mailbox("Голубь <golub@example.com>");
    let unsubscribe = Unsubscribe {
        url: "https://golub.example/api/v1/unsubscribe/1.1.x".to_owned(),
        one_click: true,
    };
    let draft = LetterDraft {
        from: &from,
        reply_to: None,
        to_email: "maria@example.org",
        to_name: "Мария",
        subject: &"Приглашение на встречу ".repeat(8),
        text: "  Hello,\tworld  \n\nHow are you?  \n\n\n",
        html: Some("<p>Привет</p>"),
        message_id: "1@example.com",
        date: instant(),
    };
    let letter = signer.sign(draft.build_for_mailing(&unsubscribe).unwrap());
    String::from_utf8(letter.bytes).unwrap()
}

#[test]
fn the_verifier_takes_the_example_of_the_rfc_and_nothing_changed() {
    let key = BASE64_STANDARD.decode(EXAMPLE_KEY).unwrap();
    assert!(verified(EXAMPLE, &key).is_some());
    assert!(verified(&EXAMPLE.replace("hungry", "angry"), &key).is_none());
    assert!(verified(&EXAMPLE.replace("dinner", "lunch"), &key).is_none());
}

#[test]
fn letters_are_signed_with_either_kind_of_key() {
    let folder = tempfile::tempdir().unwrap();
    let pair = KeyPair::generate_for(&PKCS_ED25519).unwrap();
    let rsa_public = BASE64_STANDARD.decode(RSA_PUBLIC.trim()).unwrap();
    let keys = [
        (
            pair.serialize_pem(),
            pair.public_key_raw(),
            "ed25519-sha256",
        ),
        (RSA.to_owned(), &rsa_public[..], "rsa-sha256"),
    ];
    for (pem, public, algorithm) in keys {
        let signer = signer(folder.path(), &pem);
        let letter = mailing_letter(&signer);
        let tags = verified(&letter, public).expect(algorithm);
        assert_eq!(tags["a"], algorithm);
        assert_eq!((&*tags["d"], &*tags["s"]), ("example.com", "golub"));
        for name in [
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "list-unsubscribe",
            "list-unsubscribe-post",
        ] {
            assert!(tags["h"].split(':').any(|signed| signed == name), "{name}");
        }
        assert!(
            letter.split("\r\n").all(|line| line.len() < 250),
            "{letter}"
        );
        assert_eq!(letter, mailing_letter(&signer), "the same again");
        let added = letter.replacen("\r\nTo:", "\r\nSubject: another\r\nTo:", 1);
        assert!(verified(&added, public).is_none(), "nothing may be added");
        let another = letter.replace("1.1.x>", "2.1.x>");
        assert!(verified(&another, public).is_none());
    }
}

#[test]
fn without_a_key_letters_stay_as_they_are() {
    let letter = letter_to("a@example.org");
    let bytes = letter.bytes.clone();
    assert_eq!(Signer::new(None).unwrap().sign(letter).bytes, bytes);
}

#[test]
fn a_key_that_cannot_sign_is_found_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let config = |domain: &str, file: &str| DkimConfig {
        domain: domain.to_owned(),
        selector: "golub".to_owned(),
        key_file: folder.path().join(file),
    };
    let elliptic = KeyPair::generate().unwrap().serialize_pem();
    fs::write(folder.path().join("elliptic.pem"), elliptic).unwrap();
    for bad in [
        config("example.com", "none.pem"),
        config("example.com", "elliptic.pem"),
        config("example.com; x=1", "none.pem"),
        config("", "none.pem"),
    ] {
        assert!(Signer::new(Some(&bad)).is_err(), "{bad:?}");
    }
}
