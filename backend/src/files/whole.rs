//! Is a picture's file whole, and made to be looked at? Looked at before it is decoded.
//!
//! Decoders are lenient: they fill with grey what is missing of a JPEG, believe a WebP that announces more than there
//! is, and go over a picture as often as its file says. What they would forgive is refused here.

/// Pictures are sent in a dozen scans at most; each lets the decoder go over all of it.
const SCANS_LIMIT: usize = 64;

const FILL: u8 = 0xFF;
const STUFFED: u8 = 0x00;
const TEMPORARY: u8 = 0x01;
const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;

/// Goes from marker to marker to the end of the picture; what may follow it is not of interest.
pub fn jpeg(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut scans = 0;
    loop {
        // A marker is FF and what it is; within a scan, FF itself is written as FF 00.
        let Some(at) = rest.iter().position(|byte| *byte == FILL) else {
            return false;
        };
        let Some(marker) = rest.get(at + 1) else {
            return false;
        };
        match *marker {
            END => return true,
            FILL => rest = &rest[at + 1..],
            STUFFED | TEMPORARY | 0xD0..=0xD7 | START => rest = &rest[at + 2..],
            other => {
                scans += usize::from(other == SCAN);
                let length = rest.get(at + 2..at + 4).map(|length| {
                    let length: [u8; 2] = [length[0], length[1]];
                    usize::from(u16::from_be_bytes(length))
                });
                let Some(next) = length.and_then(|length| rest.get(at + 2 + length..)) else {
                    return false;
                };
                if scans > SCANS_LIMIT {
                    return false;
                }
                rest = next;
            }
        }
    }
}

/// Goes from chunk to chunk: none may announce more than there is.
pub fn webp(bytes: &[u8]) -> bool {
    const HEADER: usize = 8;
    let mut rest = bytes.get(12..).unwrap_or_default();
    while rest.len() >= HEADER {
        let size = u32::from_le_bytes([rest[4], rest[5], rest[6], rest[7]]);
        let Ok(size) = usize::try_from(size) else {
            return false;
        };
        if size > rest.len() - HEADER {
            return false;
        }
        // Chunks begin at even places.
        rest = rest.get(HEADER + size + size % 2..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x06, 0xFF, 0xD9, 0xFF, 0xDA];
    const ONE_SCAN: &[u8] = &[0xFF, 0xDA, 0x00, 0x02, 0x12, 0xFF, 0x00, 0xFF, 0xD0, 0x34];

    #[test]
    fn a_jpeg_ends_with_its_own_end_and_not_with_that_of_a_picture_within() {
        let whole = [HEAD, ONE_SCAN, &[0xFF, 0xD9]].concat();
        assert!(jpeg(&whole));
        for length in 0..whole.len() {
            assert!(!jpeg(&whole[..length]), "{length}");
        }
        assert!(jpeg(&[&whole[..], b"what a phone adds"].concat()));
    }

    #[test]
    fn a_jpeg_of_too_many_scans_is_refused() {
        let of = |scans: usize| [HEAD, &ONE_SCAN.repeat(scans), &[0xFF, 0xD9]].concat();
        assert!(jpeg(&of(SCANS_LIMIT)));
        assert!(!jpeg(&of(SCANS_LIMIT + 1)));
    }

    #[test]
    fn a_webp_announces_no_more_than_there_is() {
        let of = |size: u32| {
            let size = size.to_le_bytes();
            [b"RIFF\x0c\0\0\0WEBP", &b"EXIF"[..], &size, b"abcd"].concat()
        };
        assert!(webp(&of(4)));
        assert!(webp(&of(3)));
        assert!(!webp(&of(5)));
        assert!(!webp(&of(u32::MAX)));
    }
}
