//! Pictures, and the programs that write and read JPEGs: libjpeg-turbo's cjpeg, jpegtran and djpeg, and ffmpeg.

use std::io::Write;
use std::process::{Command, Stdio};

use jpeg_planes::{ColourModel, Decoder, Error, Image};

/// Odd sides that no unit divides.
pub const WIDTH: usize = 113;
pub const HEIGHT: usize = 75;

/// A picture in PPM: smooth colour that is different in every corner, with hard-edged strong blocks in it.
pub fn picture() -> Vec<u8> {
    let mut ppm = format!("P6 {WIDTH} {HEIGHT} 255\n").into_bytes();
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let smooth = [x * 255 / WIDTH, y * 255 / HEIGHT, 255 - x - y];
            let strong = [[255, 0, 0], [20, 60, 220], [255, 255, 255], [0, 0, 0], [30, 200, 60]][(x / 11 + y / 9) % 5];
            let is_block = (30..85).contains(&x) && (20..56).contains(&y);
            ppm.extend((if is_block { strong } else { smooth }).map(|value| value as u8));
        }
    }
    ppm
}

/// Runs a program over some input and returns its output; it must succeed and have nothing to say.
pub fn run(program: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("{program} does not start ({error}); Debian: apt install libjpeg-turbo-progs ffmpeg")
        });
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends").expect("it reads its input");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{program} {arguments:?}: {said}");
    output.stdout
}

/// A JPEG of the picture, made by cjpeg. `scans` is a script in libjpeg's language.
pub fn cjpeg(arguments: &[&str], scans: Option<&str>) -> Vec<u8> {
    with_script(scans, |script| run("cjpeg", &[arguments, script].concat(), &picture()))
}

/// A JPEG with its coefficients stored in another way, by jpegtran.
pub fn jpegtran(file: &[u8], arguments: &[&str], scans: Option<&str>) -> Vec<u8> {
    with_script(scans, |script| run("jpegtran", &[arguments, script].concat(), file))
}

fn with_script(scans: Option<&str>, run: impl FnOnce(&[&str]) -> Vec<u8>) -> Vec<u8> {
    let Some(scans) = scans else { return run(&[]) };
    let thread = format!("{:?}.scans", std::thread::current().id());
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(thread);
    std::fs::write(&path, scans).expect("the scratch folder is writable");
    run(&["-scans", path.to_str().expect("UTF-8")])
}

/// The pixels of a JPEG as djpeg decodes them: RGB, or grey.
pub fn djpeg(file: &[u8], arguments: &[&str]) -> Vec<u8> {
    let ppm = run("djpeg", &[&["-dct", "int", "-pnm"], arguments].concat(), file);
    // Three lines of header: kind, size, depth.
    let lines = ppm.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
    let header = lines.take(3).last().expect("a header") + 1;
    ppm[header..].to_vec()
}

/// The planes of a JPEG as ffmpeg decodes them, one after the other.
pub fn ffmpeg_planes(file: &[u8], format: &str) -> Vec<u8> {
    let input = ["-nostdin", "-v", "error", "-idct", "int", "-f", "jpeg_pipe", "-i", "pipe:0"];
    run("ffmpeg", &[&input[..], &["-f", "rawvideo", "-pix_fmt", format, "-"]].concat(), file)
}

pub fn decode(file: &[u8]) -> Result<Image, Error> {
    Decoder::default().decode(file, |_| true).map(|image| image.clone())
}

/// The largest difference.
pub fn furthest(ours: &[u8], theirs: &[u8]) -> u8 {
    assert_eq!(ours.len(), theirs.len());
    ours.iter().zip(theirs).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}

/// Pixels from planes in the plainest way: the sample that covers the pixel, and ITU-T T.871 7 in floating point.
pub fn nearest(image: &Image) -> Vec<u8> {
    let (across, down) = image.most_sampling();
    let mut pixels = Vec::new();
    for y in 0..image.height as usize {
        for x in 0..image.width as usize {
            let samples: Vec<f64> = image
                .components
                .iter()
                .map(|component| {
                    let (column, row) = (x * component.sampling.0 / across, y * component.sampling.1 / down);
                    f64::from(component.plane.samples[row * component.plane.stride + column])
                })
                .collect();
            match (image.colour, samples.as_slice()) {
                (ColourModel::Grey, [luma]) => pixels.push(*luma as u8),
                (ColourModel::YCbCr, [y, cb, cr]) => {
                    let (cb, cr) = (cb - 128.0, cr - 128.0);
                    let rgb = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
                    pixels.extend(rgb.map(|channel| channel.round().clamp(0.0, 255.0) as u8));
                }
                (ColourModel::Rgb, rgb) => pixels.extend(rgb.iter().map(|channel| *channel as u8)),
                (colour, _) => panic!("no test for {colour:?}"),
            }
        }
    }
    pixels
}
