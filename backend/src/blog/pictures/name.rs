//! The name of a picture tells all that is needed to show it: its sizes, without a look into the database.
//!
//! `{name}-{width}x{height}.{kind}`, where the name was made by chance. Every size has its own file and address; what
//! lies behind one never changes.

use contract::blog::pictures::{PictureSize, PictureView};

use crate::files::pictures::{WebKind, sizes};

/// Where pictures are read.
pub const ADDRESS: &str = "/api/v1/blog/pictures/";

const SIDE_LIMIT: u32 = 4_000;
const NAME_LENGTHS: std::ops::RangeInclusive<usize> = 16..=64;

/// One size of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureName {
    pub name: String,
    pub width: u32,
    pub height: u32,
    pub kind: WebKind,
}

impl PictureName {
    /// The last part of an address.
    pub fn parse(file: &str) -> Option<Self> {
        let (rest, end) = file.rsplit_once('.')?;
        let kind = WebKind::from_end(end)?;
        let (name, size) = rest.rsplit_once('-')?;
        let (width, height) = size.split_once('x')?;
        let is_plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
        if !NAME_LENGTHS.contains(&name.len()) || !name.bytes().all(is_plain) {
            return None;
        }
        let parsed = Self {
            name: name.to_owned(),
            width: side(width)?,
            height: side(height)?,
            kind,
        };
        Some(parsed)
    }

    /// A picture of ours by its address, with or without what the service is called before.
    pub fn in_address<'a>(address: &'a str, public_url: &str) -> Option<(Self, &'a str)> {
        let path = address.strip_prefix(public_url).unwrap_or(address);
        let file = path.strip_prefix(ADDRESS)?;
        Some((Self::parse(file)?, path))
    }

    pub fn file(&self) -> String {
        let Self {
            name,
            width,
            height,
            kind,
        } = self;
        format!("{name}-{width}x{height}.{}", kind.end())
    }

    pub fn url(&self) -> String {
        format!("{ADDRESS}{}", self.file())
    }

    /// All sizes of the picture whose largest this is, the smallest first.
    pub fn all_sizes(&self) -> impl Iterator<Item = Self> {
        sizes(self.width, self.height)
            .into_iter()
            .map(|(width, height)| Self {
                width,
                height,
                ..self.clone()
            })
    }

    pub fn view(&self, id: i64, alt: String) -> PictureView {
        let sizes = self.all_sizes().map(|size| PictureSize {
            url: size.url(),
            width: size.width,
            height: size.height,
        });
        PictureView {
            id,
            url: self.url(),
            width: self.width,
            height: self.height,
            sizes: sizes.collect(),
            alt,
        }
    }
}

fn side(digits: &str) -> Option<u32> {
    let is_plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    let side = is_plain.then(|| digits.parse().ok()).flatten()?;
    (side <= SIDE_LIMIT).then_some(side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_and_nothing_else_is_one() {
        let file = "3q2-p7w_AAAAAAAAAAAAAA-1600x900.jpg";
        let name = PictureName::parse(file).unwrap();
        assert_eq!((name.width, name.height), (1600, 900));
        assert_eq!(name.file(), file);
        let sizes: Vec<String> = name.all_sizes().map(|size| size.file()).collect();
        assert_eq!(sizes[0], "3q2-p7w_AAAAAAAAAAAAAA-480x270.jpg");
        assert_eq!(sizes.len(), 3);
        for other in [
            "",
            "x-1x1.jpg",
            "3q2-p7w_AAAAAAAAAAAAAA-1600x900.png",
            "3q2-p7w_AAAAAAAAAAAAAA-1600x0.jpg",
            "3q2-p7w_AAAAAAAAAAAAAA-+16x9.jpg",
            "3q2-p7w_AAAAAAAAAAAAAA-016x9.jpg",
            "3q2-p7w_AAAAAAAAAAAAAA-99999x9.jpg",
            "../../AAAAAAAAAAAAAA-1600x900.jpg",
            "3q2/p7w_AAAAAAAAAAAAAA-1600x900.jpg",
        ] {
            assert_eq!(PictureName::parse(other), None, "{other}");
        }
    }

    #[test]
    fn only_addresses_of_this_service_are_of_its_pictures() {
        let here = "https://golub.example";
        let path = "/api/v1/blog/pictures/3q2-p7w_AAAAAAAAAAAAAA-16x9.webp";
        let found = PictureName::in_address(path, here).unwrap();
        assert_eq!(found.1, path);
        let whole = format!("{here}{path}");
        assert_eq!(PictureName::in_address(&whole, here).unwrap(), found);
        let elsewhere = format!("https://evil.example{path}");
        assert_eq!(PictureName::in_address(&elsewhere, here), None);
        assert_eq!(PictureName::in_address(&path[1..], here), None);
    }
}
