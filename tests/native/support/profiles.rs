//! ICC profiles put together for tests (ICC.1:2022): version 2 where curves are of its kinds, else version 4.

/// XYZ of red, green and blue light, adapted to D50.
pub type Primaries = [[f64; 3]; 3];

/// Kinds of curve that profiles hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Curve {
    /// `curv` with one number.
    Gamma(f64),
    /// `para` of type 3: sRGB's.
    Srgb,
    /// `para` of type 3: ProPhoto's, linear up to 1/32.
    ProPhoto,
    /// `curv` with 1,024 numbers: sRGB's.
    Table,
}

pub const SRGB_PRIMARIES: Primaries =
    [[0.436_07, 0.222_49, 0.013_92], [0.385_15, 0.716_87, 0.097_08], [0.143_07, 0.060_61, 0.714_10]];
const P3: Primaries = [[0.515_12, 0.241_20, -0.001_05], [0.291_98, 0.692_25, 0.041_89], [0.157_10, 0.066_57, 0.784_07]];
const ADOBE: Primaries =
    [[0.609_74, 0.311_11, 0.019_47], [0.205_28, 0.625_67, 0.060_87], [0.149_19, 0.063_22, 0.744_57]];
const PRO_PHOTO: Primaries = [[0.797_67, 0.288_04, 0.0], [0.135_19, 0.711_88, 0.0], [0.031_34, 0.000_09, 0.824_91]];

/// Spaces wider than sRGB, and the curves that are in use for each.
pub const PRIMARIES: [(&str, &Primaries, &[Curve]); 3] = [
    ("Display P3", &P3, &[Curve::Srgb, Curve::Table]),
    ("Adobe RGB", &ADOBE, &[Curve::Gamma(563.0 / 256.0)]),
    ("ProPhoto", &PRO_PHOTO, &[Curve::ProPhoto, Curve::Gamma(1.8)]),
];

/// A display's profile.
pub fn rgb(primaries: &Primaries, curve: Curve) -> Vec<u8> {
    let mut tags: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    for (signature, primary) in [*b"rXYZ", *b"gXYZ", *b"bXYZ"].into_iter().zip(primaries) {
        tags.push((signature, xyz(*primary)));
    }
    tags.extend([*b"rTRC", *b"gTRC", *b"bTRC"].map(|signature| (signature, curve.tag())));
    profile(b"RGB ", b"XYZ ", curve.version(), tags)
}

/// A profile of greys.
pub fn grey(curve: Curve) -> Vec<u8> {
    profile(b"GRAY", b"XYZ ", curve.version(), vec![(*b"kTRC", curve.tag())])
}

impl Curve {
    fn tag(self) -> Vec<u8> {
        let curv = |values: &[u16]| {
            let values: Vec<u8> = values.iter().flat_map(|value| value.to_be_bytes()).collect();
            [b"curv\0\0\0\0", &((values.len() / 2) as u32).to_be_bytes()[..], &values].concat()
        };
        let para =
            |values: [f64; 5]| [b"para\0\0\0\0\0\x03\0\0".to_vec(), values.map(big_endian_fixed).concat()].concat();
        match self {
            Self::Gamma(gamma) => curv(&[(gamma * 256.0).round() as u16]),
            Self::Srgb => para([2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45]),
            Self::ProPhoto => para([1.8, 1.0, 0.0, 1.0 / 16.0, 1.0 / 32.0]),
            Self::Table => {
                let light = |step: u32| {
                    let coded = f64::from(step) / 1023.0;
                    let light = if coded <= 0.04045 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) };
                    (light * 65_535.0).round() as u16
                };
                curv(&(0..1024).map(light).collect::<Vec<_>>())
            }
        }
    }

    const fn version(self) -> u8 {
        match self {
            Self::Gamma(_) | Self::Table => 2,
            Self::Srgb | Self::ProPhoto => 4,
        }
    }
}

/// Header, tag table, tags and the white of paper: a profile from a space of pixels to XYZ or L*a*b*.
pub fn profile(space: &[u8; 4], connection: &[u8; 4], version: u8, mut tags: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    tags.insert(0, (*b"wtpt", xyz([0.964_2, 1.0, 0.824_9])));
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    for (signature, tag) in &tags {
        let offset = 128 + 4 + 12 * tags.len() + data.len();
        table.extend_from_slice(signature);
        table.extend_from_slice(&(offset as u32).to_be_bytes());
        table.extend_from_slice(&(tag.len() as u32).to_be_bytes());
        data.extend_from_slice(tag);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut header = vec![0; 128];
    header[..4].copy_from_slice(&((128 + table.len() + data.len()) as u32).to_be_bytes());
    header[8] = version;
    header[12..16].copy_from_slice(if space == b"CMYK" { b"prtr" } else { b"mntr" });
    header[16..20].copy_from_slice(space);
    header[20..24].copy_from_slice(connection);
    header[36..40].copy_from_slice(b"acsp");
    header[68..80].copy_from_slice(&xyz([0.964_2, 1.0, 0.824_9])[8..]);
    [header, table, data].concat()
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    [b"XYZ \0\0\0\0".to_vec(), values.map(big_endian_fixed).concat()].concat()
}

/// s15Fixed16Number (4.6).
pub fn big_endian_fixed(value: f64) -> [u8; 4] {
    ((value * 65_536.0).round() as i32).to_be_bytes()
}

/// The data of a tag, which is there.
pub fn tag_of(profile: &[u8], signature: &[u8; 4]) -> Vec<u8> {
    let entry = profile[132..].chunks_exact(12).find(|entry| entry.starts_with(signature)).expect("a tag of this name");
    let word = |at: usize| u32::from_be_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]) as usize;
    profile[word(4)..word(4) + word(8)].to_vec()
}
