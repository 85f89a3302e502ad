//! `encode-native FRAMES.yuv CONFIG [OUTPUT.h264]`: encodes I420 pictures from memory and prints one line of JSON.
//!
//! CONFIG is `width,height,fps,qp,keyframe_interval_pictures,complexity(0..=2)`.

mod plan;

// For its symbols only: it carries OpenH264 with assembly.
use openh264_sys2 as _;

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use openh264_wasm::Encoder;
use plan::Plan;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let (Some(input), Some(plan)) = (arguments.get(1), arguments.get(2)) else {
        return Err("usage: encode-native FRAMES.yuv CONFIG [OUTPUT.h264]".into());
    };
    let plan = Plan::parse(plan)?;
    let frames = std::fs::read(input)?;
    let mut output = arguments.get(3).map(std::fs::File::create).transpose()?;
    let mut bytes = 0;
    let mut stream = Vec::new();
    let started = Instant::now();
    let mut encoder = Encoder::new(&plan.config())?;
    for (index, frame) in plan.frames(&frames).enumerate() {
        let access_unit = encoder.encode(&plan.picture(frame), &plan.control(index % plan.keyframe_interval == 0))?;
        for nal in access_unit.nal_units() {
            bytes += nal.len() + 4;
            if output.is_some() {
                stream.extend_from_slice(&[0, 0, 0, 1]);
                stream.extend_from_slice(nal);
            }
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    if let Some(output) = &mut output {
        output.write_all(&stream)?;
    }
    println!("{{\"frames\":{},\"seconds\":{seconds},\"bytes\":{bytes}}}", plan.frames(&frames).count());
    Ok(())
}
