//! A clip encoded as a worker does it, and written as a file.

use std::path::{Path, PathBuf};

use framereel::decode::Colours;
use framereel::encode::{Budget, Content, EncodedGroup, Quality, Settings};
use framereel::fit::Fit;
use framereel::limits::Limits;
use framereel::mux::{Movie, Tags, movie_header};
use framereel::session::{GroupEncoder, GroupSettings};
use framereel::size::{Size, plan_natural};
use framereel::timing::Timing;

use super::tools::scratch;

/// Limits that no well-meant test image reaches.
pub const LIMITS: Limits = Limits { max_pixels: 1 << 26, max_bytes: 1 << 28 };

/// What the package's `quality: "high"` is (js/options/defaults.ts).
pub const DEFAULT_QUALITY: Quality = Quality::RateFactor(22.6);

/// Image files in an order, with times: what an `ImageSequenceClip` is.
pub struct Clip {
    pub sources: Vec<Vec<u8>>,
    /// Which source is shown at each place.
    pub order: Vec<usize>,
    pub timing: Timing,
    pub settings: GroupSettings,
    /// What a rate factor gives way to.
    pub budget: Option<Budget>,
}

impl Clip {
    /// Each source once, in a video of the first one's size, at QP 20.
    pub fn new(sources: Vec<Vec<u8>>, timing: Timing) -> Self {
        let first = framereel::decode::probe(&sources[0], &LIMITS).expect("the first source is an image").size;
        let order = (0..sources.len()).collect();
        Self { sources, order, timing, settings: settings(plan_natural(first)), budget: None }
    }

    pub fn size(&self) -> Size {
        self.settings.encode.size
    }

    /// Encodes the places `from..to` as one group. Sources are released after their last use.
    pub fn encode_group(&self, from: usize, to: usize) -> EncodedGroup {
        let mut encoder = GroupEncoder::new(self.settings).expect("settings are valid");
        if let Some(budget) = &self.budget {
            encoder.keep_to(budget.clone());
        }
        let order = &self.order[from..to];
        let two_seconds = 2 * u64::from(self.timing.timescale());
        let mut keyframe = None;
        for (place, &source) in order.iter().enumerate() {
            if !order[..place].contains(&source) {
                encoder.load(source as u32, &self.sources[source]).expect("the source is an image");
            }
            let start = self.timing.start(from + place).expect("every place has a time");
            let force_idr = keyframe.is_none_or(|last| start >= last + two_seconds);
            if force_idr {
                keyframe = Some(start);
            }
            encoder.encode(source as u32, force_idr).expect("the picture is encoded");
            if !order[place + 1..].contains(&source) {
                encoder.release(source as u32);
            }
        }
        encoder.finish().expect("the group is encoded")
    }

    pub fn movie(&self, group: &EncodedGroup) -> Movie {
        Movie {
            size: self.size(),
            sps: group.sps.clone(),
            pps: group.pps.clone(),
            timing: self.timing.clone(),
            sound: None,
            tags: Tags::default(),
        }
    }

    /// Encodes all places in one group and writes the file, index first.
    pub fn write(&self, name: &str) -> PathBuf {
        self.write_groups(name, &[self.encode_group(0, self.order.len())])
    }

    /// Writes groups that were encoded apart.
    pub fn write_groups(&self, name: &str, groups: &[EncodedGroup]) -> PathBuf {
        let sizes: Vec<u32> = groups.iter().flat_map(|group| group.sizes.clone()).collect();
        let sync: Vec<u8> = groups.iter().flat_map(|group| group.sync.clone()).collect();
        let mut file =
            movie_header(&self.movie(&groups[0]), &sizes, &sync, None).expect("the movie can be written").bytes;
        for group in groups {
            file.extend_from_slice(&group.data);
        }
        write(name, &file)
    }
}

/// Default settings for a size.
pub fn settings(size: Size) -> GroupSettings {
    GroupSettings {
        encode: Settings { frame_rate: 24.0, content: Content::Photo, ..Settings::new(size, Quality::Qp(20)) },
        fit: Fit::Contain,
        background: [0, 0, 0],
        limits: LIMITS,
        colours: Colours::Convert,
    }
}

/// Writes a scratch file.
pub fn write(name: &str, bytes: &[u8]) -> PathBuf {
    let path = scratch(name);
    std::fs::write(&path, bytes).unwrap_or_else(|error| panic!("{} cannot be written: {error}", Path::display(&path)));
    path
}
