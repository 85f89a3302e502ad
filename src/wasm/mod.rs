//! The module as JavaScript sees it: with `crates/js-values`, the only place of the core that knows JavaScript. It turns its
//! values into the core's and back, the core's errors into `Error` objects with a `code` (and the `option` to blame), and does
//! nothing else.

mod frames;
mod group;
mod images;
mod movie;
mod pictures;
mod sound;

pub use frames::JsFrameLayout;
pub use group::{GroupEncoder, JsEncodedGroup, JsGroupSettings};
pub use images::{JsDecoderName, JsSize, decoder_of, plan_size, probe};
pub use movie::{JsMovie, JsMovieHeader, codec_string, fragment, fragmented_header, movie_header};
pub use pictures::PictureMaker;
pub use sound::{JsSound, JsSoundSamples};
