/** What happens to a picture of another shape than the video, in framereel's terms. */
export type Fit = "contain" | "cover" | "stretch";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture goes on a canvas, in the canvas's pixels; with "cover" it sticks out on two sides. */
export function placement(fit: Fit, picture: Size, canvas: Size): Size & { readonly x: number; readonly y: number } {
  if (fit === "stretch") return { x: 0, y: 0, width: canvas.width, height: canvas.height };
  const scales = [canvas.width / picture.width, canvas.height / picture.height];
  const scale = fit === "contain" ? Math.min(...scales) : Math.max(...scales);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (canvas.width - width) / 2, y: (canvas.height - height) / 2, width, height };
}

/** The size inside `box` with the shape of `size`, never enlarged; whole pixels, at least one. */
export function within(size: Size, box: Size): Size {
  const scale = Math.min(1, box.width / size.width, box.height / size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}
