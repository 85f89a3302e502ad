/** What a file is to the page, by its name: its content is framereel's to judge. */
export type Kind = "image" | "archive" | "delays" | "hidden" | "other";

const IMAGE =
  /\.(png|apng|jpe?g|jfif|webp|gif|bmp|dib|tiff?|ico|tga|qoi|p[bgnp]m|pam|exr|hdr|dds|avif|hei[cf]|hif|svg)$/i;
const ARCHIVE = /\.zip$/i;
/** Delays of an ugoira's frames. */
const DELAYS = /\.json$/i;
/** What systems put beside pictures: nobody chose these, so nobody wants to read that they were skipped. */
const HIDDEN = /(^|\/)(\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/i;

/** The kind of a file with this path; the folders on the way count, too. */
export function kindOf(path: string, type = ""): Kind {
  if (HIDDEN.test(path)) return "hidden";
  if (ARCHIVE.test(path) || type === "application/zip") return "archive";
  if (IMAGE.test(path) || type.startsWith("image/")) return "image";
  return DELAYS.test(path) ? "delays" : "other";
}

/** The media type of an image by its name, for files that come out of an archive. Browsers decode SVG only by its type. */
export function imageType(path: string): string {
  const extension = /\.([^.]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const others: Record<string, string> = { jpg: "jpeg", jfif: "jpeg", svg: "svg+xml", tif: "tiff", ico: "x-icon" };
  return `image/${others[extension] ?? extension}`;
}

/** "frame7.png" of "renders/frame7.png". */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
