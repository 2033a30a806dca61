//! A real Postfix on a loopback port: its configuration, queue and mailboxes in a temporary folder. It
//! relays nothing; every letter it takes for its own domains ends in one Maildir, `Delivered-To` telling
//! for whom it was.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::{free_port, keeper::Keeper, scratch, users, users::Owner, wait_for_port};
use crate::{
    packages,
    problem::{Outcome, Problem},
    process,
};

/// The domains that this Postfix delivers for; the last is `пример.example` as DNS writes it.
const DOMAINS: &str = "example.com, example.org, xn--e1afmkfd.example";

#[derive(Debug)]
pub struct Postfix {
    pub port: u16,
    /// The Maildir's folder of letters that have arrived.
    pub letters: PathBuf,
    _keeper: Keeper,
}

impl Postfix {
    pub fn start() -> Outcome<Self> {
        if !users::are_root() {
            return Err(Problem::Missing(
                "no right to start Postfix found (it starts as root only)".into(),
            ));
        }
        let postfix = packages::program(
            "Postfix",
            &["postfix"],
            &|| vec!["/usr/sbin".into()],
            &["postfix"],
        )?;
        let folder = scratch::folder("postfix")?;
        let configuration = scratch::subfolder(&folder, "etc")?;
        let keeper = Keeper::new(
            "\"$1\" -c \"$2\" abort",
            &[
                &postfix.display().to_string(),
                &configuration.display().to_string(),
            ],
            &folder,
        )?;

        let daemon = Owner::named("postfix")?;
        scratch::subfolder(&folder, "queue")?;
        daemon.gets(&scratch::subfolder(&folder, "data")?)?;
        // Delivery needs a user that is neither root nor Postfix's own.
        let reader = Owner::named("nobody")?;
        let mail = scratch::subfolder(&folder, "mail")?;
        reader.gets(&mail)?;

        let port = free_port()?;
        write(
            &configuration.join("main.cf"),
            &main_cf(&folder, reader, &own_settings()?),
        )?;
        write(&configuration.join("master.cf"), &master_cf(port))?;
        process::output(
            Command::new(&postfix)
                .arg("-c")
                .arg(&configuration)
                .arg("start"),
        )
        .and_then(|_| wait_for_port(port, Duration::from_secs(20)))
        .map_err(|problem| {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            Problem::Failed(format!("Postfix: {problem}\n{log}"))
        })?;
        Ok(Self {
            port,
            letters: mail.join("all/new"),
            _keeper: keeper,
        })
    }
}

/// Where this build of Postfix keeps its parts, in the words of its own configuration.
fn own_settings() -> Outcome<String> {
    let names = [
        "command_directory",
        "daemon_directory",
        "meta_directory",
        "shlib_directory",
        "setgid_group",
    ];
    let mut ask = Command::new(packages::program(
        "Postfix",
        &["postconf"],
        &|| vec!["/usr/sbin".into()],
        &["postfix"],
    )?);
    process::output(ask.arg("-d").args(names))
}

fn main_cf(folder: &Path, reader: Owner, own_settings: &str) -> String {
    let folder = folder.display();
    let Owner { user, group } = reader;
    format!(
        "compatibility_level = 3.6
{own_settings}
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
myhostname = mail.golub.example
mydomain = golub.example
myorigin = golub.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
smtpd_relay_restrictions = permit_auth_destination, reject
default_transport = error:this Postfix relays nothing
relay_transport = error:this Postfix relays nothing
bounce_queue_lifetime = 0
virtual_mailbox_domains = {DOMAINS}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:all/
virtual_minimum_uid = 1
virtual_uid_maps = static:{user}
virtual_gid_maps = static:{group}
"
    )
}

/// Nothing runs in a chroot: the temporary folder has none of the files that would need.
fn master_cf(port: u16) -> String {
    format!(
        "127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
tlsmgr unix - - n 1000? 1 tlsmgr
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"
    )
}

fn write(file: &Path, text: &str) -> Outcome<()> {
    fs::write(file, text).map_err(|error| Problem::failed(&file.display().to_string(), error))
}
