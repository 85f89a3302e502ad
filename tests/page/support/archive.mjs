// Zip files as other programs write them: by Python's zipfile.
import { execFileSync } from "node:child_process";

const WRITE = `
import json, sys, zipfile
path, method, entries = sys.argv[1], sys.argv[2], json.loads(sys.stdin.read())
with zipfile.ZipFile(path, "w", getattr(zipfile, method)) as archive:
    for name, content in entries:
        if content.startswith("@"): archive.write(content[1:], name)
        else: archive.writestr(name, content)
`;

/**
 * Writes a zip.
 *
 * @param {string} path
 * @param {[name: string, content: string][]} entries content is text, or "@" and the path of a file
 * @param {"ZIP_DEFLATED" | "ZIP_STORED" | "ZIP_LZMA"} [method]
 */
export function writeZip(path, entries, method = "ZIP_DEFLATED") {
  execFileSync("python3", ["-c", WRITE, path, method], { input: JSON.stringify(entries) });
  return path;
}
