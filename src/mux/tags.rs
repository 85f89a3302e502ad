//! What a file says of itself: the tags that players show, as Apple's `ilst` box, which all of them read.

use super::boxes::container;
use crate::error::Result;

/// The type of a value that is UTF-8 text, and no locale.
const UTF_8: [u8; 8] = [0, 0, 0, 1, 0, 0, 0, 0];

/// A handler box (ISO/IEC 14496-12 8.4.3) of metadata in Apple's form, without a name.
const HANDLER: &[u8] = b"\0\0\0\0\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0";

/// Tags, and when the file was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// The video's name.
    pub title: Option<String>,
    /// Who made it.
    pub artist: Option<String>,
    /// Anything else.
    pub comment: Option<String>,
    /// Seconds since the beginning of 1904, UTC; 0 where nothing is said, so that equal movies are equal files.
    pub created: u64,
}

/// The `udta` box at the end of the movie's; nothing where there is no tag.
pub(super) fn user_data(tags: &Tags) -> Result<Option<Vec<u8>>> {
    let mut items = Vec::new();
    for (kind, text) in [(b"\xA9nam", &tags.title), (b"\xA9ART", &tags.artist), (b"\xA9cmt", &tags.comment)] {
        if let Some(text) = text {
            items.push(container(kind, &[container(b"data", &[UTF_8.as_slice(), text.as_bytes()])?])?);
        }
    }
    if items.is_empty() {
        return Ok(None);
    }
    // A full box in files of ISO/IEC 14496-12, with version and flags 0.
    let meta = [vec![0; 4], container(b"hdlr", &[HANDLER])?, container(b"ilst", &items)?];
    container(b"udta", &[container(b"meta", &meta)?]).map(Some)
}
