//! Files that people give: pictures, kept in a folder beside the database or in a bucket ([`s3`]), under names that
//! the service makes.
//!
//! A file is written before a row points to it, and removed after none does any more. What lies between the two is
//! noted ([`loose`]), so that a crash leaves nothing behind for good.

pub mod entity;
pub mod loose;
pub mod pictures;
mod s3;
mod web;
mod whole;

use std::fmt;
use std::path::{Path as FolderPath, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt as _};

use crate::config::FilesConfig;
use crate::problem::ApiError;
use crate::start_error::StartError;

/// Where files are kept. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// Names in the store begin with this.
    prefix: Arc<str>,
    /// The folder, where it is one.
    folder: Option<Arc<FolderPath>>,
}

impl fmt::Debug for Files {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A bucket has keys.
        out.debug_struct("Files")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Files {
    /// Opens the bucket or the folder of the settings, or `files` in the data folder.
    pub fn open(config: &FilesConfig, data: &FolderPath) -> Result<Self, StartError> {
        let FilesConfig { folder, s3 } = config;
        match (s3, folder) {
            (Some(_), Some(_)) => Err(StartError::Setting(
                "files.folder and files.s3 are both set: files lie in one of them".to_owned(),
            )),
            (Some(bucket), None) => Ok(Self {
                store: Arc::new(s3::open(bucket).map_err(StartError::Setting)?),
                prefix: bucket.prefix.trim_matches('/').into(),
                folder: None,
            }),
            (None, folder) => Self::in_folder(folder_or(folder.as_deref(), data)),
        }
    }

    fn in_folder(folder: PathBuf) -> Result<Self, StartError> {
        let unusable = |error: &dyn std::error::Error| {
            StartError::Setting(format!("files.folder {}: {error}", folder.display()))
        };
        std::fs::create_dir_all(&folder).map_err(|error| unusable(&error))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| unusable(&error))?;
        Ok(Self {
            // What a row points to must be there after a power cut, too.
            store: Arc::new(store.with_fsync(true)),
            prefix: "".into(),
            folder: Some(folder.into()),
        })
    }

    /// Keeps a file, whole or not at all.
    pub async fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Result<(), ApiError> {
        let bytes: Bytes = bytes.into();
        let kept = self.store.put(&self.place(path)?, bytes.into()).await;
        kept.map(|_| ()).map_err(|error| self.fault(&error))
    }

    /// The bytes of a file, if there is one.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, ApiError> {
        let found = match self.store.get(&self.place(path)?).await {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.fault(&error)),
        }
    }

    /// Removes a file, if there is one, and what a crash may have left half written of it.
    pub async fn delete(&self, path: &str) -> Result<(), ApiError> {
        let place = self.place(path)?;
        if let Some(folder) = &self.folder {
            let half = folder.join(format!("{path}#1"));
            match tokio::fs::remove_file(half).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(ApiError::ours(error));
                }
                _ => {}
            }
        }
        match self.store.delete(&place).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.fault(&error)),
        }
    }

    fn place(&self, path: &str) -> Result<Path, ApiError> {
        match &*self.prefix {
            "" => checked(path),
            prefix => checked(&format!("{prefix}/{path}")),
        }
    }

    /// A bucket that does not answer will answer again.
    fn fault(&self, error: &Error) -> ApiError {
        match self.folder {
            Some(_) => ApiError::ours(error),
            None => ApiError::Unavailable(error.to_string()),
        }
    }
}

/// The folder that is set, or the one beside the database.
pub fn folder_or(folder: Option<&FolderPath>, data: &FolderPath) -> PathBuf {
    folder.map_or_else(|| data.join("files"), FolderPath::to_owned)
}

/// Names are made by the service: one that leads out of the folder is our own fault.
fn checked(path: &str) -> Result<Path, ApiError> {
    let checked = Path::parse(path).map_err(ApiError::ours)?;
    if checked.as_ref().is_empty() || checked.as_ref() != path {
        return Err(ApiError::ours(format!("{path:?} is not a file's name")));
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert!(checked("avatars/3q2p7w.jpg").is_ok());
        for name in [
            "",
            "/",
            "..",
            "../secret",
            "avatars/../../secret",
            "avatars/./x",
            "/etc/passwd",
            "avatars//x",
            "avatars/",
            "a\0b",
        ] {
            assert!(checked(name).is_err(), "{name:?}");
        }
    }

    fn files_in(data: &FolderPath) -> Files {
        let config = FilesConfig {
            folder: None,
            s3: None,
        };
        Files::open(&config, data).unwrap()
    }

    #[tokio::test]
    async fn what_a_crash_left_half_written_goes_with_its_file() {
        let data = tempfile::tempdir().unwrap();
        let files = files_in(data.path());
        files.put("avatars/x.jpg", &b"one"[..]).await.unwrap();
        let half = data.path().join("files/avatars/x.jpg#1");
        std::fs::write(&half, "on").unwrap();
        files.delete("avatars/x.jpg").await.unwrap();
        assert!(!half.exists());
    }

    #[tokio::test]
    async fn what_is_kept_is_found_until_it_is_deleted() {
        let data = tempfile::tempdir().unwrap();
        let files = files_in(data.path());
        files.put("avatars/x.jpg", &b"one"[..]).await.unwrap();
        files.put("avatars/x.jpg", &b"two"[..]).await.unwrap();
        assert_eq!(files.get("avatars/x.jpg").await.unwrap().unwrap(), "two");
        assert!(data.path().join("files/avatars/x.jpg").is_file());
        files.delete("avatars/x.jpg").await.unwrap();
        files.delete("avatars/x.jpg").await.unwrap();
        assert_eq!(files.get("avatars/x.jpg").await.unwrap(), None);
        assert_eq!(files.get("nowhere/x.jpg").await.unwrap(), None);
    }
}
