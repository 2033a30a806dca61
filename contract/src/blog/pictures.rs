//! Pictures in the blog: above an article, or in its body by `![words](url)`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const ALT_LIMIT: u64 = 300;
/// Pictures up to this many bytes are taken, and made to sizes for the web.
pub const PICTURE_BYTES_LIMIT: u64 = 10 * 1024 * 1024;

/// A picture as a page shows it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct PictureView {
    /// What `picture_id` of an article takes.
    pub id: i64,
    /// The largest size; the one for a Markdown body.
    #[schema(example = "/api/v1/blog/pictures/3q2p7w-1600x900.jpg")]
    pub url: String,
    /// Of the largest size, in pixels.
    pub width: u32,
    pub height: u32,
    /// All sizes, the smallest first: for `srcset`.
    pub sizes: Vec<PictureSize>,
    /// What is to be seen on it, in words; empty: it is decoration.
    pub alt: String,
}

impl PictureView {
    /// For the `srcset` of an `<img>`.
    pub fn srcset(&self) -> String {
        let sizes = self.sizes.iter();
        let sizes: Vec<String> = sizes
            .map(|size| format!("{} {}w", size.url, size.width))
            .collect();
        sizes.join(", ")
    }
}

/// One size of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
pub struct PictureSize {
    #[schema(example = "/api/v1/blog/pictures/3q2p7w-480x270.jpg")]
    pub url: String,
    pub width: u32,
    pub height: u32,
}
