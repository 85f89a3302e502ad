// Photographs for tests and benchmarks: those that the scikit-image wheel carries, all public domain or CC0.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { inRoot, run, toolsFolder } from "./project.mjs";

/** Where they are: *.png and *.jpg of 427 to 1411 pixels a side. */
export const photosFolder = join(toolsFolder, "photos");

/** NASA's astronaut portrait, a cat and a coffee cup (CC0), a rocket launch (CC0) and a Hubble picture (NASA). */
const PHOTOS = ["astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "hubble_deep_field.jpg"];

// The wheel's version and hash stand in the requirements file. It is only unpacked, so one platform's serves all.
const DOWNLOAD = ["--no-deps", "--only-binary=:all:", "--python-version=3.11", "--implementation=cp", "--abi=cp311"];
const PLATFORMS = ["--platform=manylinux_2_24_x86_64", "--platform=manylinux_2_28_x86_64"];

const UNPACK = `
import glob, os, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(os.path.join(sys.argv[1], "*.whl"))[0])
for name in sys.argv[2:]:
    with open(os.path.join(sys.argv[1], name), "wb") as file:
        file.write(wheel.read("skimage/data/" + name))
`;

/** Downloads the wheel and takes the photographs out, once. */
export function installPhotos() {
  if (PHOTOS.every((name) => existsSync(join(photosFolder, name)))) return;
  mkdirSync(photosFolder, { recursive: true });
  const requirements = inRoot("tests", "fixtures", "photos.txt");
  run("python3", [
    "-m",
    "pip",
    "download",
    "-q",
    ...DOWNLOAD,
    ...PLATFORMS,
    "--require-hashes",
    "-d",
    photosFolder,
    "-r",
    requirements,
  ]);
  run("python3", ["-c", UNPACK, photosFolder, ...PHOTOS]);
}
