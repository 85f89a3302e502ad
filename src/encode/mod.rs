//! Pictures encoded to H.264 samples as an MP4 stores them: length-prefixed NAL units, parameter sets apart.

mod budget;
mod group;
mod look;
mod lookahead;
mod samples;
mod settings;
mod stream;

pub use budget::Budget;
pub use group::GroupPictures;
pub use samples::EncodedGroup;
pub use settings::*;
