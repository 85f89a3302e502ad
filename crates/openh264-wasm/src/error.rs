//! What can go wrong, and whose it is to mend.

use crate::config::{MAX_MACROBLOCKS, MAX_SIDE, MIN_SIDE};

/// An encoder that could not be built, or a picture that could not be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The caller's picture size.
    #[error(
        "a picture of {width} x {height} pixels cannot be encoded: sides must be even, at least {MIN_SIDE}, at most {MAX_SIDE}, and hold at most {MAX_MACROBLOCKS} macroblocks of 16 x 16"
    )]
    Size {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// Another field of the caller's configuration.
    #[error("{field}: {problem}")]
    Config {
        /// The field of [`EncoderConfig`](crate::EncoderConfig).
        field: &'static str,
        /// What it must be.
        problem: &'static str,
    },
    /// What the caller decided about a picture.
    #[error("{0}")]
    Control(&'static str),
    /// A plane of the caller's picture is shorter than its stride and height say.
    #[error("the {0} plane is too short for the picture's size and stride")]
    Plane(&'static str),
    /// No memory for the encoder's buffers.
    #[error("no memory is left for the encoder; encode smaller pictures")]
    Memory,
    /// The encoder gave a picture no access unit, though it was told never to drop one.
    #[error("the encoder dropped a picture")]
    Dropped,
    /// Another of upstream's return codes (`CM_RETURN` in its API).
    #[error("OpenH264 failed with code {0}")]
    Upstream(i32),
}

impl EncodeError {
    /// From upstream's return code, which is not 0.
    pub(crate) fn from_code(code: i32) -> Self {
        /// `cmMallocMemeError`.
        const NO_MEMORY: i32 = 3;
        if code == NO_MEMORY { Self::Memory } else { Self::Upstream(code) }
    }
}
