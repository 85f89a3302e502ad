//! Every way in which the core can fail, sorted by who must act.

/// What went wrong and what to change. The variants are the public API's error codes that the core can meet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The caller must act: an option is out of range.
    #[error("{option}: {problem}")]
    InvalidOption {
        /// The option's name in the public API, such as `fit` or `durations[3]`.
        option: String,
        /// What is wrong with it, and what to give instead.
        problem: String,
    },
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
    /// A file without a byte.
    pub fn empty() -> Self {
        Self::CorruptImage("the image file is empty (0 bytes); save or download it again".into())
    }

    /// A file of the named format is broken or cut off.
    pub fn broken(name: &str, cause: &dyn std::error::Error) -> Self {
        Self::CorruptImage(format!("the {name} is broken or cut off ({cause}); save or download it again"))
    }

    /// A file of the named format uses what is not decoded here.
    pub fn not_decoded(name: &str, cause: &dyn std::error::Error) -> Self {
        Self::UnsupportedImage(format!("this kind of {name} is not decoded here ({cause}); convert it to PNG or JPEG"))
    }

    /// An [`InvalidOption`](Self::InvalidOption).
    pub fn option(option: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::InvalidOption { option: option.into(), problem: problem.into() }
    }

    /// The error's code in the public API, such as `corrupt-image`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidOption { .. } => "invalid-option",
            Self::UnsupportedImage(_) => "unsupported-image",
            Self::CorruptImage(_) => "corrupt-image",
            Self::Limit(_) | Self::OutOfMemory(_) => "limit",
            Self::Internal(_) => "internal",
        }
    }
}
