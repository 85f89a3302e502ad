//! The decoder against others, over files that libjpeg-turbo's programs write.

mod differential;
mod oddities;
#[allow(unreachable_pub)]
mod support;
