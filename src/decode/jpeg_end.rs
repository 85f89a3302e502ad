//! Whether a JPEG is all there. The decoder fills what is missing with grey and says nothing, so it is asked for here.

/// Start of image, end of image, start of scan (ITU-T T.81 table B.1).
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// Whether a JPEG file runs to its end-of-image marker. Bytes after it do not matter.
///
/// Segments are stepped over by their lengths, so that the end of an embedded thumbnail is not taken for the image's.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some((marker, after)) = next_marker(bytes, at) {
        at = match marker {
            EOI => return true,
            // TEM, RSTn and SOI stand alone, without a length (ITU-T T.81 B.1.1.3). FF 00 is a stuffed data byte.
            0x00 | 0x01 | 0xD0..=0xD7 | SOI => after,
            _ => match bytes.get(after..after + 2) {
                Some(&[high, low]) => after + usize::from(u16::from_be_bytes([high, low])),
                _ => return false,
            },
        };
        if marker == SOS {
            at = skip_entropy_coded(bytes, at);
        }
    }
    false
}

/// The marker at or after a position and the position behind it. FF bytes may fill up before a marker.
fn next_marker(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let start = from + bytes.get(from..)?.iter().position(|&byte| byte == 0xFF)?;
    let code = start + bytes[start..].iter().position(|&byte| byte != 0xFF)?;
    Some((bytes[code], code + 1))
}

/// The position of the first marker in or after entropy-coded data that is neither a stuffed byte nor a restart.
fn skip_entropy_coded(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(offset) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == 0xFF)) {
        at += offset;
        match bytes.get(at + 1) {
            Some(0x00 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            _ => return at,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SOI, an APP1 segment that holds a whole thumbnail, a scan with a stuffed FF and a restart, EOI.
    const WHOLE: [u8; 26] = [
        0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x06, 0xFF, 0xD8, 0xFF, 0xD9, 0xFF, 0xDA, 0x00, 0x03, 0x01, 0x12, 0xFF, 0x00,
        0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xFF, 0xFF, 0xD9,
    ];

    #[test]
    fn only_the_image_s_own_end_marker_counts() {
        assert!(is_whole(&WHOLE));
        for end in 0..WHOLE.len() {
            assert!(!is_whole(&WHOLE[..end]), "cut at {end}");
        }
    }

    #[test]
    fn bytes_after_the_end_do_not_matter() {
        assert!(is_whole(&[&WHOLE[..], b"made by a camera"].concat()));
    }
}
