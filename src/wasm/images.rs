//! What a file is, before a group takes it.

use decoding::formats::{self, Module};
use js_values::{JsImageInfo, JsLimits, object, to_js};
use wasm_bindgen::prelude::*;

use crate::decode;
use crate::size::{Size, plan_explicit, plan_natural};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A decoder that is a wasm module of its own. */
export type DecoderName = "formats" | "heic";
"#;

#[wasm_bindgen]
extern "C" {
    /// Width and height.
    #[wasm_bindgen(typescript_type = "PixelSize")]
    pub type JsSize;
    /// The name of a module.
    #[wasm_bindgen(typescript_type = "DecoderName | undefined")]
    pub type JsDecoderName;
}

/// The module that decodes a file, where that is not this one, by the file's first [`HEAD`](formats::HEAD) and last
/// [`TAIL`](formats::TAIL) bytes, and its name or media type.
#[wasm_bindgen(js_name = decoderOf)]
pub fn decoder_of(head: &[u8], tail: &[u8], hint: &str) -> JsDecoderName {
    let module = formats::recognise(head, tail, hint).map(|format| format.module);
    let name = match module {
        Some(Module::MoreFormats) => Some("formats"),
        Some(Module::Heic) => Some("heic"),
        Some(Module::Core | Module::Browser) | None => None,
    };
    JsValue::from(name).unchecked_into()
}

/// Reads an image file's header.
#[wasm_bindgen]
pub fn probe(bytes: &[u8], limits: &JsLimits) -> Result<JsImageInfo, JsValue> {
    decode::probe(bytes, &limits.to_core()).map_err(to_js).and_then(JsImageInfo::from_core)
}

/// The size of the video for a wished one: an image's own, or an explicit one.
#[wasm_bindgen(js_name = planSize)]
pub fn plan_size(width: u32, height: u32, explicit: bool) -> Result<JsSize, JsValue> {
    let wish = Size::new(width, height);
    let size = if explicit { plan_explicit(wish).map_err(to_js)? } else { plan_natural(wish) };
    Ok(object([("width", size.width.into()), ("height", size.height.into())])?.unchecked_into())
}
