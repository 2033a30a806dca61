//! Files that people give: pictures, kept in a folder beside the database, under names that the service makes.
//!
//! A file is written before a row points to it, and removed after none does any more. What lies between the two is
//! noted ([`loose`]), so that a crash leaves nothing behind for good.

pub mod entity;
pub mod loose;
pub mod pictures;
mod web;
mod whole;

use std::path::Path as FolderPath;
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStoreExt as _};

use crate::config::FilesConfig;
use crate::problem::ApiError;
use crate::start_error::StartError;

/// Where files are kept. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files(Arc<LocalFileSystem>);

impl Files {
    /// Opens the folder of the settings, or `files` in the data folder.
    pub fn open(config: &FilesConfig, data: &FolderPath) -> Result<Self, StartError> {
        let folder = config.folder.clone().unwrap_or_else(|| data.join("files"));
        let unusable = |error: &dyn std::error::Error| {
            StartError::Setting(format!("files.folder {}: {error}", folder.display()))
        };
        std::fs::create_dir_all(&folder).map_err(|error| unusable(&error))?;
        let store = LocalFileSystem::new_with_prefix(&folder).map_err(|error| unusable(&error))?;
        // What a row points to must be there after a power cut, too.
        Ok(Self(Arc::new(store.with_fsync(true))))
    }

    /// Keeps a file, whole or not at all.
    pub async fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Result<(), ApiError> {
        let bytes: Bytes = bytes.into();
        let kept = self.0.put(&checked(path)?, bytes.into()).await;
        kept.map(|_| ()).map_err(ApiError::ours)
    }

    /// The bytes of a file, if there is one.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, ApiError> {
        match self.0.get(&checked(path)?).await {
            Ok(found) => found.bytes().await.map(Some).map_err(ApiError::ours),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(ApiError::ours(error)),
        }
    }

    /// Removes a file, if there is one.
    pub async fn delete(&self, path: &str) -> Result<(), ApiError> {
        match self.0.delete(&checked(path)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(ApiError::ours(error)),
        }
    }
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

    #[tokio::test]
    async fn what_is_kept_is_found_until_it_is_deleted() {
        let data = tempfile::tempdir().unwrap();
        let files = Files::open(&FilesConfig { folder: None }, data.path()).unwrap();
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
