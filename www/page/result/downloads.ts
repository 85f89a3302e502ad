/** Gives the visitor a file. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  const url = URL.createObjectURL(blob);
  link.href = url;
  link.download = name;
  link.click();
  // The browser has the file by then; a URL that is kept would keep the Blob.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The frame that a video shows, as a PNG of the video's own size. */
export async function posterOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the browser made no PNG")) : resolve(blob)));
  });
}
