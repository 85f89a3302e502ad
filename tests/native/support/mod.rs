//! What the tests share: the judges, test pictures, and a clip encoded as a worker would.

pub mod clip;
pub mod decoders;
pub mod jpeg;
pub mod lookups;
pub mod pictures;
pub mod profiles;
pub mod tools;

pub use clip::{Clip, DEFAULT_QUALITY};
pub use pictures::Pixels;
