//! What comes out: planes of samples, and what they mean.

/// Samples of one component, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plane {
    /// Rows of `stride` samples; those beyond the image's edges have no meaning.
    pub samples: Vec<u8>,
    /// Samples from one row to the next.
    pub stride: usize,
}

impl Plane {
    /// Takes on another size; the samples that were there have no meaning any more. Nothing where memory is short.
    #[must_use]
    pub fn shape(&mut self, stride: usize, rows: usize) -> Option<()> {
        let samples = stride.checked_mul(rows)?;
        self.samples.try_reserve_exact(samples.saturating_sub(self.samples.len())).ok()?;
        self.samples.resize(samples, 0);
        self.stride = stride;
        Some(())
    }

    /// Row `y` up to `width` samples.
    pub fn row(&self, y: usize, width: usize) -> &[u8] {
        &self.samples[y * self.stride..][..width]
    }
}

/// Kr, red's share of luma in a JPEG (ITU-T T.871 7, from ITU-R BT.601).
pub const KR: f64 = 0.299;

/// Kb, blue's share.
pub const KB: f64 = 0.114;

/// What the components of a JPEG are. Values are 8 bits deep and use the full range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourModel {
    /// One component: luma.
    #[default]
    Grey,
    /// Luma, blue difference, red difference of ITU-R BT.601 as JFIF lays them down (ITU-T T.871 6.1).
    YCbCr,
    /// Red, green, blue.
    Rgb,
    /// Cyan, magenta, yellow, black, 0 for full ink: Adobe's way round, which is every writer's.
    Cmyk,
    /// The complements of cyan, magenta and yellow as YCbCr, and black as in [`Cmyk`](Self::Cmyk).
    Ycck,
}

/// A component's plane and how its samples lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// The samples.
    pub plane: Plane,
    /// Samples across that mean something.
    pub width: usize,
    /// Samples down that mean something.
    pub height: usize,
    /// Sampling factors, across and down, 1 to 4: the component has `across / most across of any` of the image's width.
    pub sampling: (usize, usize),
}

/// A decoded image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What the components are.
    pub colour: ColourModel,
    /// One to four components.
    pub components: Vec<Component>,
}

impl Image {
    /// The most samples across and down that any component has for a unit of the image (ITU-T T.81 A.1.1).
    pub fn most_sampling(&self) -> (usize, usize) {
        self.components.iter().fold((1, 1), |(across, down), component| {
            (across.max(component.sampling.0), down.max(component.sampling.1))
        })
    }
}
