//! framereel's core: encoded images in, an H.264 MP4 out. The browser's npm package is one user of it, through
//! `wasm`; the tests are another, natively.
//!
//! Data flows one way, and the modules stand in its order:
//!
//! 1. [`decode`]: an image file's bytes become a [`raster::Raster`], upright and 8 bits deep, or a plain JPEG's become
//!    its planes, [`ycbcr::YCbCr`];
//! 2. [`fit`]: the raster becomes one of the video's [`size`], on a background; planes are of that size already;
//! 3. [`colour`]: pixels or planes become planar 4:2:0, BT.709;
//! 4. [`encode`]: the planes become H.264 access units, as MP4 stores them;
//! 5. [`mux`]: the access units' sizes and the [`timing`] become the MP4's boxes.
//!
//! [`pictures`] joins 1 to 3 for one image after the other, [`session`] adds 4 for a group of them; 5 needs only what all groups leave
//! behind.

#![forbid(unsafe_code)]

pub mod colour;
pub mod decode;
pub mod encode;
pub mod fit;
pub mod frame;
mod h264;
pub mod mux;
pub mod pictures;
pub mod session;
pub mod size;
pub mod timing;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod ycbcr;

pub use decoding::{error, limits, raster};
pub use error::{Error, Result};
