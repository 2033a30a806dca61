//! Fifty letters through a mail server that nobody here wrote, read back by a parser that nobody here
//! wrote: Postfix, and Python's `email`.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use serde::Deserialize;
use serde_json::json;

use crate::support::{api, eventually, handed, person, story::story};

const FIRST: [&str; 10] = [
    "Анна",
    "Борис",
    "Вера",
    "Глеб",
    "Дарья",
    "Егор",
    "Жанна",
    "Захар",
    "Ирина",
    "Кирилл",
];
const LAST: [&str; 5] = ["Щукина", "Ёлкин-Берёзов", "О’Нил", "Ким", "Тёщина, мл."];

const SUBJECT: &str = "Новости голубиной почты за ноябрь: {{ full_name }}, вот что мы успели сделать за этот длинный месяц";
const TEXT: &str = "Здравствуйте, {{ full_name }}!\n\n.Точка в начале строки и **жирное** слово.\n\nПишем на {{ email }}.";

/// A letter as Python understood it.
#[derive(Debug, Deserialize)]
struct Letter {
    delivered_to: String,
    to: Vec<Addressee>,
    copies: Vec<String>,
    subject: String,
    message_id: String,
    text: String,
    html: String,
    defects: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Addressee {
    address: String,
}

#[tokio::test]
async fn fifty_people_get_one_intact_letter_each() {
    let server = format!("smtp://127.0.0.1:{}?tls=none", handed::smtp_port());
    story(
        "postfix",
        &[("GOLUB__MAIL__SMTP_URL", server)],
        async |browser, golub| {
            person::signs_in(browser).await;
            let people = people();
            let (typed, known) = people.split_last().expect("fifty people");
            let token = api::token(browser).await;
            for (address, name) in known {
                let recipient = json!({ "email": address, "full_name": name, "comment": "" });
                api::post(browser, &token, "recipients", &recipient).await;
            }
            person::adds_recipient(browser, &typed.0, &typed.1).await;
            person::writes_message(browser, SUBJECT, TEXT).await;
            person::sends_to_all(browser, SUBJECT).await;
            browser.sees("50 sent").await;

            eventually(
                "fifty letters",
                || (arrived() >= people.len()).then_some(()),
                || golub.log(),
            )
            .await;
            let mut letters: BTreeMap<String, Letter> = BTreeMap::new();
            for letter in read_by_python() {
                let twice = letters.insert(letter.delivered_to.clone(), letter);
                assert!(twice.is_none(), "two letters for one person: {twice:?}");
            }
            assert_eq!(letters.len(), people.len());
            for (address, name) in &people {
                check(&letters[&in_dns(address)], &in_dns(address), name);
            }
            let names: std::collections::BTreeSet<_> =
                letters.values().map(|letter| &letter.message_id).collect();
            assert_eq!(
                names.len(),
                people.len(),
                "each letter has a Message-ID of its own"
            );
        },
    )
    .await;
}

fn check(letter: &Letter, address: &str, name: &str) {
    let to: Vec<&str> = letter.to.iter().map(|to| to.address.as_str()).collect();
    assert_eq!(to, [address]);
    assert_eq!(letter.copies, Vec::<String>::new());
    assert_eq!(letter.defects, Vec::<String>::new());
    assert_eq!(letter.subject, SUBJECT.replace("{{ full_name }}", name));
    assert!(
        letter.text.contains(&format!("Здравствуйте, {name}!")),
        "{}",
        letter.text
    );
    assert!(
        letter.text.contains(".Точка в начале строки"),
        "{}",
        letter.text
    );
    assert!(letter.html.contains(name), "{}", letter.html);
    assert!(
        letter.html.contains("<strong>жирное</strong>"),
        "{}",
        letter.html
    );
}

/// Address and name of fifty people; the last one's domain is not ASCII.
fn people() -> Vec<(String, String)> {
    let mut people: Vec<(String, String)> = (0..49)
        .map(|number| {
            let domain = if number % 2 == 0 {
                "example.com"
            } else {
                "example.org"
            };
            let name = format!(
                "{} {}",
                FIRST[number % FIRST.len()],
                LAST[number / FIRST.len()]
            );
            (format!("person{number}@{domain}"), name)
        })
        .collect();
    people.push(("golub@пример.example".into(), "Пётр Голубев".into()));
    people
}

fn in_dns(address: &str) -> String {
    address.replace("пример", "xn--e1afmkfd")
}

fn arrived() -> usize {
    fs::read_dir(handed::letters()).map_or(0, Iterator::count)
}

fn read_by_python() -> Vec<Letter> {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/browser/letters.py");
    let output = Command::new(handed::python())
        .arg(script)
        .arg(handed::letters())
        .output()
        .expect("Python runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).expect("JSON");
    lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a letter"))
        .collect()
}
