import type { EncodeOptions, EncodeStats, ImageSequenceClip } from "framereel";

/** The part of the File System Access API that TypeScript does not know; Chromium has it, Firefox and Safari do not. */
declare global {
  interface Window {
    showSaveFilePicker?(options: {
      suggestedName: string;
      types: { description: string; accept: Record<string, string[]> }[];
    }): Promise<FileSystemFileHandle>;
  }
}

export function canSaveToDisk(): boolean {
  return typeof window.showSaveFilePicker === "function";
}

/** Asks where to, in the click that it must be called from. null: the visitor thought better of it. */
export async function chooseFile(suggestedName: string): Promise<FileSystemFileHandle | null> {
  try {
    const types = [{ description: "MP4", accept: { "video/mp4": [".mp4"] } }];
    return (await window.showSaveFilePicker?.({ suggestedName, types })) ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    throw error;
  }
}

/** Encodes into the file; until the end the browser keeps what was in it before. */
export async function encodeToFile(
  clip: ImageSequenceClip,
  handle: FileSystemFileHandle,
  options: EncodeOptions,
): Promise<{ blob: File; stats: EncodeStats }> {
  const { container: _, ...rest } = options; // a stream is always fragmented
  const stats = await clip.writeTo(await handle.createWritable(), rest);
  return { blob: await handle.getFile(), stats };
}
