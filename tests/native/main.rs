//! The core's promises, kept natively and judged by independent programs: ffmpeg, ffprobe, the `mp4` crate's reader.
//!
//! One binary, so that one link serves all. Scratch files go to Cargo's `target/tmp`.

#[allow(unreachable_pub)]
mod support;

mod animations;
mod bad_input;
mod colours;
mod container;
mod encoding;
mod examples;
mod formats;
mod formats_table;
mod fragments;
mod heics;
mod levels;
mod lookups;
mod more_formats;
mod orientation;
mod plain_jpeg;
mod profiles;
mod same_bytes;
mod sizes;
mod soundtrack;
mod timing;
