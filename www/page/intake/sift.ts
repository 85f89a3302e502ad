import { baseName, imageType, kindOf } from "../../shared/file-kinds.ts";
import type { Unpacked } from "../../shared/messages.ts";
import { withHelper } from "../helper.ts";
import type { Incoming } from "../model/image-list.ts";
import { delaysOf, withDelays } from "./delays.ts";

/** What came out of a pick, a drop or a paste. */
export interface Sifted {
  readonly images: readonly Incoming[];
  /** Paths of what is no image, hidden files not counted. */
  readonly skipped: readonly string[];
  /** Names of archives that could not be unpacked. */
  readonly badArchives: readonly string[];
}

/**
 * Tells images from other files, unpacks archives and applies delays. A file whose name says nothing gets its chance: framereel
 * looks at its content.
 *
 * @param unpacking told how many images of which archive have come so far
 */
export async function sift(
  files: readonly Incoming[],
  unpacking: (name: string, images: number) => void,
): Promise<Sifted> {
  let images: Incoming[] = [];
  const skipped: string[] = [];
  const badArchives: string[] = [];
  const delayFiles: Unpacked[] = [];
  for (const incoming of files) {
    const { path, file } = incoming;
    switch (kindOf(path, file.type)) {
      case "image":
        images.push(incoming);
        break;
      case "archive": {
        const unpacked = await unpack(file, (count) => unpacking(file.name, count));
        if (unpacked === null) badArchives.push(path);
        else {
          images.push(...unpacked.images);
          skipped.push(...unpacked.skipped);
        }
        break;
      }
      case "delays":
        delayFiles.push({ path, content: file });
        break;
      case "other":
        if (file.type === "" && !baseName(path).includes(".")) images.push(incoming);
        else skipped.push(path);
        break;
    }
  }
  images = await withAllDelays(images, delayFiles, skipped);
  return { images, skipped, badArchives };
}

async function unpack(
  archive: File,
  count: (images: number) => void,
): Promise<Pick<Sifted, "images" | "skipped"> | null> {
  let images: Incoming[] = [];
  const skipped: string[] = [];
  const delayFiles: Unpacked[] = [];
  // Everything in an archive stands in a folder of the archive's name, so that two archives do not mix.
  const folder = archive.name.replace(/\.zip$/i, "");
  try {
    const rest = await withHelper((helper) =>
      helper.ask({ kind: "unzip", file: archive }, ({ path, content }) => {
        if (kindOf(path) === "delays") delayFiles.push({ path, content });
        else {
          const { lastModified } = archive;
          const file = new File([content], baseName(path), { type: imageType(path), lastModified });
          images.push({ path: `${folder}/${path}`, file });
          count(images.length);
        }
      }),
    );
    skipped.push(...rest.skipped);
  } catch {
    return null;
  }
  images = await withAllDelays(images, delayFiles, skipped);
  return { images, skipped };
}

/** The images with what the JSON files say of their times; a JSON that says nothing of the kind is skipped. */
async function withAllDelays(
  images: readonly Incoming[],
  files: readonly Unpacked[],
  skipped: string[],
): Promise<Incoming[]> {
  let timed = [...images];
  for (const { path, content } of files) {
    const delays = await delaysOf(content);
    if (delays === null) skipped.push(path);
    else timed = withDelays(timed, delays);
  }
  return timed;
}
