// Bundles one of the explorer's modules for node, which reads no TypeScript.

import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const web = new URL("../../src/conceptgraph/export/explorer/web/", import.meta.url);

export async function load(name) {
  const result = await build({ entryPoints: [fileURLToPath(new URL(`${name}.ts`, web))], bundle: true, write: false, format: "esm", target: "es2022" });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].text).toString("base64")}`);
}
