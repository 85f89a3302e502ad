//! Why a file is not decoded.

/// What kept a file from being decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file does not begin as a JPEG.
    #[error("this is no JPEG")]
    NotJpeg,
    /// The file is sound as far as it was read, and of a kind that is not decoded.
    #[error("{0}")]
    Unsupported(&'static str),
    /// The file breaks the rules of ITU-T T.81, or ends too early.
    #[error("{0}")]
    Broken(&'static str),
    /// Memory is short of what the planes take.
    #[error("no memory is left for the planes")]
    OutOfMemory,
    /// The caller's own look at the header said no.
    #[error("the caller declined the image")]
    Declined,
}

/// A result whose error is a decoder's.
pub type Result<T, E = Error> = std::result::Result<T, E>;
