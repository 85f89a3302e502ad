// The other entries: the encoder stands in for the browser's own, and what must not compile.
import init, { encodeSequence, type SequenceOptions } from "framereel/core";
import { type EncoderFrame, H264Encoder, type PixelFrame } from "framereel/encoder";
import { registerH264Encoder } from "framereel/mediabunny";

type Used = "configure" | "encode" | "flush" | "reset" | "close" | "state" | "encodeQueueSize" | "addEventListener";

declare const init_: VideoEncoderInit;
export const encoder: Pick<VideoEncoder, Used> = new H264Encoder(init_);
export const support: Promise<VideoEncoderSupport> = H264Encoder.isConfigSupported({
  codec: "avc1.640028",
  width: 640,
  height: 480,
});

declare const frame: VideoFrame;
declare const pixels: PixelFrame;
const own = new H264Encoder({
  output: (chunk, { decoderConfig }) => [chunk.type, decoderConfig?.description],
  error() {},
});
own.encode(frame);
own.encode(pixels, { keyFrame: true, avc: { quantizer: 20 } });
export const either: EncoderFrame[] = [frame, pixels];
// @ts-expect-error an image is no frame
own.encode(new Image());
// @ts-expect-error both callbacks are needed
new H264Encoder({ output() {} });

registerH264Encoder();

await init(new URL("https://example.org/framereel.wasm"));
export const options: SequenceOptions = { fps: 24, quality: "high", size: "largest", maxBytes: 1e6 };
export const file: Promise<Blob> = encodeSequence([new Blob()], options);
// @ts-expect-error there are no workers to choose
encodeSequence([new Blob()], { fps: 24, workers: 2 });
// @ts-expect-error Blobs only
encodeSequence(["image.png"], { fps: 24 });
