//! Who we are, and to whom a folder belongs. Only Unix knows such things.

use std::{fs, path::Path};

use crate::problem::{Outcome, Problem};

/// A user as /etc/passwd lists it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Owner {
    pub user: u32,
    pub group: u32,
}

impl Owner {
    pub fn named(name: &str) -> Outcome<Self> {
        let users = fs::read_to_string("/etc/passwd")
            .map_err(|error| Problem::failed("/etc/passwd", error))?;
        Self::listed(&users, name)
            .ok_or_else(|| Problem::Missing(format!("there is no user `{name}` on this machine")))
    }

    #[cfg(unix)]
    pub fn gets(self, folder: &Path) -> Outcome<()> {
        std::os::unix::fs::chown(folder, Some(self.user), Some(self.group))
            .map_err(|error| Problem::failed(&format!("giving {} away", folder.display()), error))
    }

    #[cfg(not(unix))]
    pub fn gets(self, _folder: &Path) -> Outcome<()> {
        Ok(())
    }

    fn listed(users: &str, name: &str) -> Option<Self> {
        let line = users
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2);
        Some(Self {
            user: numbers.next()?.parse().ok()?,
            group: numbers.next()?.parse().ok()?,
        })
    }
}

/// A process's folder in /proc belongs to its user.
#[cfg(unix)]
pub fn are_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|data| data.uid() == 0)
}

#[cfg(not(unix))]
pub fn are_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_found_by_their_whole_name() {
        let users = "nobody2:x:1:2::/:/bin/sh\nnobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n";
        assert_eq!(
            Owner::listed(users, "nobody"),
            Some(Owner {
                user: 65534,
                group: 65533
            })
        );
        assert_eq!(Owner::listed(users, "nob"), None);
    }
}
