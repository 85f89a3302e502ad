//! ffmpeg and ffprobe, and the scratch folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::pictures::Pixels;

/// A path in the scratch folder. `name` is used by one test alone.
pub fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
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
    let mode = if profile[16..20] == *b"GRAY" { "L" } else { "RGB" };
    let (width, height) = (picture.width, picture.height);
    let program = format!(
        "
import sys
from PIL import Image, ImageCms
profile, pixels, target = sys.argv[1:]
image = Image.frombytes('RGB', ({width}, {height}), open(pixels, 'rb').read()).convert('{mode}')
srgb = ImageCms.createProfile('sRGB')
# Without cutting corners, which cost up to 10 codes in dark greys.
exact = ImageCms.Flags.NOOPTIMIZE
image = ImageCms.profileToProfile(image, profile, srgb, renderingIntent=1, outputMode='RGB', flags=exact)
open(target, 'wb').write(image.tobytes())
"
    );
    let name = |suffix: &str| scratch(&format!("littlecms-{:?}.{suffix}", std::thread::current().id()));
    let [profile_path, pixels, target] = ["icc", "rgb", "srgb"].map(name);
    std::fs::write(&profile_path, profile).expect("the scratch folder is writable");
    std::fs::write(&pixels, &picture.rgb).expect("the scratch folder is writable");
    python(&program, &[&profile_path, &pixels, &target]);
    let rgb = std::fs::read(target).expect("Pillow wrote it");
    Pixels { width, height, rgb }
}
