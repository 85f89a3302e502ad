//! Every way in which the core can fail, sorted by who must act.

/// What went wrong and what to change. The variants are the public API's error codes that the core can meet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The caller must act: an option is out of range. The message starts with the option's name.
    #[error("{0}")]
    InvalidOption(String),
    /// Whoever chose the image must act: it is of a format that is not decoded here.
    #[error("{0}")]
    UnsupportedImage(String),
    /// Whoever made the image must act: its bytes are broken or cut off.
    #[error("{0}")]
    CorruptImage(String),
    /// The caller must act: an image costs more than the limits allow.
    #[error("{0}")]
    Limit(String),
    /// There is no memory left: fewer workers at once, or a smaller image, may do.
    #[error("{0}")]
    OutOfMemory(String),
    /// framereel must act: a promise between its own parts was broken.
    #[error("{0}")]
    Internal(String),
}

/// A result whose error is framereel's.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The error's code in the public API, such as `corrupt-image`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidOption(_) => "invalid-option",
            Self::UnsupportedImage(_) => "unsupported-image",
            Self::CorruptImage(_) => "corrupt-image",
            Self::Limit(_) | Self::OutOfMemory(_) => "limit",
            Self::Internal(_) => "internal",
        }
    }
}
