//! What framereel's decoders share: the core's, and those of the modules that are loaded on demand.
//!
//! * [`formats`]: which formats there are, by their first bytes, and who decodes them;
//! * [`size`], [`raster`]: pixels in memory, and [`turning`] them upright;
//! * [`limits`], [`error`]: what an image may cost, and how decoding can fail;
//! * [`profile`]: colours that are not sRGB's, brought to sRGB;
//! * [`stills`]: still images by the decoders of the `image` crate.

#![forbid(unsafe_code)]

pub mod error;
pub mod formats;
pub mod info;
pub mod limits;
pub mod narrow;
pub mod profile;
pub mod raster;
pub mod size;
pub mod stills;
pub mod turning;

pub use error::{Error, Result};
pub use info::ImageInfo;
