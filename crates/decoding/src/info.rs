//! What an image file's header tells.

use crate::size::Size;

/// Seconds that a frame is shown whose file does not say how long: what browsers do.
pub const UNSET_DELAY: f64 = 0.100;

/// What an image file's header tells.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageInfo {
    /// Width and height as they are to be shown.
    pub size: Size,
    /// The format's file name extension, such as `png`.
    pub format: &'static str,
    /// Seconds that each frame is shown, for an animation of more than one frame.
    pub frame_durations: Option<Vec<f64>>,
}
