//! Whether a directory can be true, before anybody takes memory for what it claims.

/// Whether a field of the first directory claims more values than the file has bytes (TIFF 6.0 section 2, and the BigTIFF design of
/// 2004). The `tiff` crate reads that directory before it can be told a limit, and takes memory for up to 256 MiB of values.
pub(super) fn are_too_many(bytes: &[u8]) -> bool {
    counts(bytes).is_some_and(|mut counts| counts.any(|count| count > bytes.len() as u64))
}

/// How many values each field of the first directory has.
fn counts(bytes: &[u8]) -> Option<impl Iterator<Item = u64> + '_> {
    let is_big_endian = bytes.starts_with(b"MM");
    let number = move |at: u64, size: usize| -> Option<u64> {
        let field = bytes.get(usize::try_from(at).ok()?..)?.get(..size)?;
        let append = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if is_big_endian { field.iter().fold(0, append) } else { field.iter().rev().fold(0, append) })
    };
    // Of 43 for BigTIFF all numbers are twice as wide, and that of fields four times.
    let is_big_tiff = number(2, 2)? == 43;
    let (word, fields_bytes, field_bytes) = if is_big_tiff { (8, 8, 20) } else { (4, 2, 12) };
    let start = number(word as u64, word)?;
    let fields = number(start, fields_bytes)?;
    let first = start.checked_add(fields_bytes as u64)?;
    Some(
        (0..fields)
            .map_while(move |field| number(first.checked_add(field.checked_mul(field_bytes)?)?.checked_add(4)?, word)),
    )
}
