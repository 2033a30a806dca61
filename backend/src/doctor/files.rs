//! Where pictures are kept: something can be written there, read again and removed.

use super::Finding;
use crate::config::Config;
use crate::files::{Files, folder_or};
use crate::problem::ApiError;

const ABOUT: &str = "files";
const PROBE: &[u8] = b"golub doctor";

pub async fn look(config: &Config) -> Finding {
    let files = &config.files;
    let (place, exists) = match &files.s3 {
        Some(bucket) => (
            format!("the bucket {} at {}", bucket.bucket, bucket.endpoint),
            true,
        ),
        None => {
            let folder = folder_or(files.folder.as_deref(), &config.data);
            (folder.display().to_string(), folder.exists())
        }
    };
    if !exists {
        let says = format!("{place} is not there; the first start makes it");
        return Finding::warning(ABOUT, says);
    }
    let files = match Files::open(files, &config.data) {
        Ok(files) => files,
        Err(error) => return Finding::broken(ABOUT, error.to_string()),
    };
    match probe(&files).await {
        Ok(true) => Finding::fine(ABOUT, format!("{place} can be written and read")),
        Ok(false) => Finding::broken(
            ABOUT,
            format!("{place} gives back something else than it was given"),
        ),
        Err(error) => Finding::broken(ABOUT, format!("{place} cannot be used: {error}")),
    }
}

/// Does it give back what it was given?
async fn probe(files: &Files) -> Result<bool, ApiError> {
    let name = format!("doctor-{}", std::process::id());
    files.put(&name, PROBE).await?;
    let read = files.get(&name).await;
    files.delete(&name).await?;
    Ok(read?.is_some_and(|read| read == PROBE))
}
