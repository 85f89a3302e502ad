/**
 * A picture of an SVG file at its own size, drawn by an `<img>`, the only thing in a browser that draws SVG files. Null
 * where there is no document or the file cannot be drawn.
 */
export async function rasterizeSvg(blob: Blob): Promise<ImageBitmap | null> {
  if (typeof document === "undefined") return null;
  // An <img> believes the type alone.
  const url = URL.createObjectURL(new Blob([blob], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await createImageBitmap(canvas);
  } catch {
    // The worker reports the file as what its own decoder made of it.
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
