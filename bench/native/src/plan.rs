//! What an encode-only run encodes, shared by the native program and the wasm module so that both do the same.

use openh264_wasm::{Complexity, EncoderConfig, I420, PictureControl, RateControl};

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    width: u32,
    height: u32,
    frame_rate: f32,
    qp: u8,
    /// Pictures from one IDR picture to the next.
    pub keyframe_interval: usize,
    complexity: Complexity,
}

impl Plan {
    /// Reads `width,height,fps,qp,keyframe_interval,complexity`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let numbers: Vec<f64> =
            text.split(',').map(str::parse).collect::<Result<_, _>>().map_err(|error| format!("{text}: {error}"))?;
        let &[width, height, fps, qp, keyframe_interval, complexity] = numbers.as_slice() else {
            return Err(format!("{text}: six numbers are wanted"));
        };
        Ok(Self {
            width: width as u32,
            height: height as u32,
            frame_rate: fps as f32,
            qp: qp as u8,
            keyframe_interval: keyframe_interval as usize,
            complexity: match complexity as u8 {
                0 => Complexity::Low,
                1 => Complexity::Medium,
                2 => Complexity::High,
                other => return Err(format!("complexity {other} is not 0, 1 or 2")),
            },
        })
    }

    /// The encoder's configuration.
    pub fn config(&self) -> EncoderConfig {
        EncoderConfig {
            frame_rate: self.frame_rate,
            rate_control: RateControl::Given(self.qp),
            complexity: self.complexity,
            ..EncoderConfig::new(self.width, self.height)
        }
    }

    /// One picture's.
    pub fn control(&self, idr: bool) -> PictureControl<'static> {
        PictureControl { idr, ..PictureControl::constant(self.qp) }
    }

    /// The pictures of a file of them.
    pub fn frames<'a>(&self, file: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        file.chunks_exact((self.width * self.height * 3 / 2) as usize)
    }

    /// The planes of one.
    pub fn picture<'a>(&self, frame: &'a [u8]) -> I420<'a> {
        let (luma, chroma) = ((self.width * self.height) as usize, (self.width * self.height / 4) as usize);
        I420 {
            y: &frame[..luma],
            u: &frame[luma..luma + chroma],
            v: &frame[luma + chroma..],
            y_stride: self.width as usize,
            uv_stride: self.width as usize / 2,
        }
    }
}
