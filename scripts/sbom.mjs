// `npm run sbom`: what the package is made of, as CycloneDX 1.6, into build/sbom.json.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { inRoot, main } from "./lib/project.mjs";
import { npmFolder, SHIPPED_NPM, shippedCrates } from "./lib/shipped.mjs";

/** OpenH264 comes inside `openh264-sys2`; its version stands in its own header. */
function openh264(crates) {
  const { folder } = crates.find(({ name }) => name === "openh264-sys2");
  const header = readFileSync(join(folder, "upstream", "codec", "api", "wels", "codec_ver.h"), "utf8");
  const part = (name) => new RegExp(`#define OPENH264_${name}\\s+\\(?(\\d+)`).exec(header)[1];
  const version = ["MAJOR", "MINOR", "REVISION"].map(part).join(".");
  return component("library", "openh264", version, "BSD-2-Clause", `pkg:github/cisco/openh264@v${version}`);
}

function component(type, name, version, licence, purl, sha256) {
  // An identifier where it is one, else an expression (CycloneDX 1.6, "licenses").
  const licenses = /[ (/]/.test(licence)
    ? [{ expression: licence.replaceAll("/", " OR ") }]
    : [{ license: { id: licence } }];
  const hashes = sha256 ? { hashes: [{ alg: "SHA-256", content: sha256 }] } : {};
  return { type, name, version, "bom-ref": purl, purl, licenses, ...hashes };
}

/** The list, the same for the same lock files: no time, no serial number. */
export function sbom() {
  const { name, version, license } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const checksums = new Map(
    parse(readFileSync(inRoot("Cargo.lock"), "utf8")).package.map((entry) => [
      `${entry.name} ${entry.version}`,
      entry.checksum,
    ]),
  );
  const crates = shippedCrates();
  const rust = crates.map((crate) =>
    component(
      "library",
      crate.name,
      crate.version,
      crate.licence,
      `pkg:cargo/${crate.name}@${crate.version}`,
      checksums.get(`${crate.name} ${crate.version}`),
    ),
  );
  const npm = SHIPPED_NPM.map((shipped) => {
    const own = JSON.parse(readFileSync(join(npmFolder(shipped), "package.json"), "utf8"));
    return component("library", shipped, own.version, own.license, `pkg:npm/${shipped}@${own.version}`);
  });
  const components = [...rust, openh264(crates), ...npm].sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const root = component("library", name, version, license, `pkg:npm/${name}@${version}`);
  return { bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata: { component: root }, components };
}

if (process.argv[1] === import.meta.filename) {
  await main(() => {
    const list = sbom();
    mkdirSync(inRoot("build"), { recursive: true });
    writeFileSync(inRoot("build", "sbom.json"), `${JSON.stringify(list, null, 2)}\n`);
    console.log(`build/sbom.json: ${list.components.length} components`);
  });
}
