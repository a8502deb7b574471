// Bundles the explorer's TypeScript into the one script that the page carries; `--check` says whether it is fresh.

import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../src/conceptgraph/export/explorer/", import.meta.url));
const MOST = 60_000;

async function bundled(entry, loader) {
  const result = await build({ entryPoints: [folder + entry], bundle: true, minify: true, write: false, format: "iife", target: "es2022", charset: "utf8", legalComments: "none", loader });
  return result.outputFiles[0].text;
}

const files = { "explorer.js": await bundled("web/main.ts"), "explorer.css": await bundled("web/explorer.css") };
const size = gzipSync(Object.values(files).join("")).length;
if (size > MOST) throw new Error(`the bundle has ${size} bytes gzipped; at most ${MOST} are wanted`);
for (const [name, text] of Object.entries(files)) {
  if (!process.argv.includes("--check")) await writeFile(folder + name, text);
  else if ((await readFile(folder + name, "utf8")) !== text) {
    console.error(`${name} is stale: run "npm run build" and commit it`);
    process.exitCode = 1;
  }
}
console.log(`explorer: ${size} bytes gzipped`);
