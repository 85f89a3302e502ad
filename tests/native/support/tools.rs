//! ffmpeg and ffprobe, and the scratch folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::pictures::Pixels;

/// A path in the test's own scratch folder: tests run beside one another.
pub fn scratch(name: &str) -> PathBuf {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("unnamed").replace("::", "-");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&folder).expect("a folder below the target folder can be made");
    folder.join(name)
}

/// Runs ffmpeg, which must succeed and have nothing to say, and returns its standard output.
pub fn ffmpeg(arguments: &[&str]) -> Vec<u8> {
    let output = run("ffmpeg", &[&["-nostdin", "-v", "error", "-y"], arguments].concat());
    assert!(output.stderr.is_empty(), "ffmpeg {arguments:?} says:\n{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Runs ffmpeg, which must succeed, and returns what it logs.
pub fn ffmpeg_log(arguments: &[&str]) -> String {
    String::from_utf8_lossy(&run("ffmpeg", &[&["-nostdin"], arguments].concat()).stderr).into_owned()
}

/// Decodes a whole file and fails if ffmpeg finds anything to complain about.
pub fn assert_clean(file: &Path) {
    ffmpeg(&["-i", path(file), "-f", "null", "-"]);
}

/// Values that ffprobe shows for the video stream, one line per item: `entries` as for `-show_entries`.
pub fn ffprobe(file: &Path, entries: &str) -> Vec<String> {
    let format = ["-v", "error", "-select_streams", "v", "-show_entries", entries, "-of", "csv=print_section=0"];
    let output = run("ffprobe", &[&format[..], &[path(file)]].concat());
    assert!(output.stderr.is_empty(), "ffprobe says of {file:?}:\n{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8_lossy(&output.stdout);
    lines.lines().map(|line| line.trim_end_matches(',').to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The one line that [`ffprobe`] shows.
pub fn ffprobe_one(file: &Path, entries: &str) -> String {
    let lines = ffprobe(file, entries);
    assert_eq!(lines.len(), 1, "{entries} of {file:?}: {lines:?}");
    lines[0].clone()
}

/// Every picture of a file as ffmpeg decodes it to RGB, with the colour matrix that the file itself names.
pub fn decode_by_ffmpeg(file: &Path) -> Vec<Pixels> {
    let size = ffprobe(file, "stream=width,height").remove(0);
    let (width, height) = size.split_once(',').expect("width,height");
    let (width, height): (u32, u32) = (width.parse().unwrap(), height.parse().unwrap());
    let raw = ffmpeg(&[
        "-noautorotate",
        "-i",
        path(file),
        "-vsync",
        "passthrough",
        "-sws_flags",
        "accurate_rnd+full_chroma_int+bitexact",
        "-pix_fmt",
        "rgb24",
        "-f",
        "rawvideo",
        "-",
    ]);
    raw.chunks_exact(width as usize * height as usize * 3)
        .map(|frame| Pixels { width, height, rgb: frame.to_vec() })
        .collect()
}

/// A path as an argument.
pub fn path(file: &Path) -> &str {
    file.to_str().expect("scratch paths are UTF-8")
}

fn run(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|error| {
        panic!("{program} does not start ({error}); install ffmpeg (Debian: apt install ffmpeg)")
    });
    assert!(output.status.success(), "{program} {arguments:?} fails:\n{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Runs a program in Python, with Pillow at hand. The arguments are paths.
pub fn python(program: &str, arguments: &[&Path]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools/python");
    let output = Command::new("python3").env("PYTHONPATH", &folder).args(["-c", program]).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("python3 does not start ({error})"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "Pillow, which `npm test` installs in {}, fails:\n{said}", folder.display());
}

/// The RGB picture in sRGB, as littlecms converts it from a profile, relative to white and without black point compensation.
pub fn littlecms(picture: &Pixels, profile: &[u8]) -> Pixels {
    let (width, height) = (picture.width, picture.height);
    by_littlecms(
        &format!("Image.frombytes('RGB', ({width}, {height}), open(source, 'rb').read())"),
        &picture.rgb,
        profile,
    )
}

/// The same of a file, which Pillow reads; `format` is its name of it.
pub fn littlecms_of_file(file: &[u8], format: &str, profile: &[u8]) -> Pixels {
    by_littlecms(&format!("Image.open(open(source, 'rb'), formats=['{format}'])"), file, profile)
}

/// `open` is how Python makes an image of the file `source`, which has these bytes.
fn by_littlecms(open: &str, source: &[u8], profile: &[u8]) -> Pixels {
    let mode = match &profile[16..20] {
        b"GRAY" => "L",
        b"CMYK" => "CMYK",
        _ => "RGB",
    };
    let program = format!(
        "
import sys
from PIL import Image, ImageCms
profile, source, target = sys.argv[1:]
image = {open}.convert('{mode}')
srgb = ImageCms.createProfile('sRGB')
# Without cutting corners, which cost up to 10 codes in dark greys.
exact = ImageCms.Flags.NOOPTIMIZE
image = ImageCms.profileToProfile(image, profile, srgb, renderingIntent=1, outputMode='RGB', flags=exact)
image.save(target, format='PPM')
"
    );
    let name = |suffix: &str| scratch(&format!("littlecms.{suffix}"));
    let [profile_path, source_path, target] = ["icc", "source", "ppm"].map(name);
    std::fs::write(&profile_path, profile).expect("the scratch folder is writable");
    std::fs::write(&source_path, source).expect("the scratch folder is writable");
    python(&program, &[&profile_path, &source_path, &target]);
    let image = image::open(target).expect("Pillow wrote it").into_rgb8();
    Pixels { width: image.width(), height: image.height(), rgb: image.into_raw() }
}
