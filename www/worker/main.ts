/// <reference lib="webworker" />
import type { Answers, Parts, Reply, Request } from "../shared/messages.ts";
import { takenDate } from "./exif-date.ts";
import { encodeGif } from "./gif.ts";
import { framesOf, pictureOf, thumbnailOf } from "./pictures.ts";
import { unzip } from "./unzip.ts";

declare const self: DedicatedWorkerGlobalScope;

self.addEventListener("message", async ({ data }: MessageEvent<{ id: number; request: Request }>) => {
  const { id, request } = data;
  const send = (reply: Reply, transfer: Transferable[] = []) => self.postMessage(reply, transfer);
  try {
    const value = await answer(request, (part) => send({ id, type: "part", value: part }));
    send({ id, type: "done", value }, value instanceof ImageBitmap ? [value] : []);
  } catch (error) {
    send({ id, type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
});

async function answer(
  request: Request,
  part: (value: Parts[Request["kind"]]) => void,
): Promise<Answers[Request["kind"]]> {
  switch (request.kind) {
    case "thumbnail":
      return thumbnailOf(request.file);
    case "picture":
      return pictureOf(request.picture, request, request.colors);
    case "frames":
      return framesOf(request.file);
    case "taken":
      return Promise.all(request.files.map(takenDate));
    case "unzip":
      return unzip(request.file, part);
    case "gif":
      return encodeGif(request, part);
  }
}
