import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const { unpack } = await load("data");

test("the page reads what Python wrote", async () => {
  const { text, data } = JSON.parse(readFileSync(new URL("../golden/page_data.json", import.meta.url), "utf8"));
  assert.deepEqual(JSON.parse(JSON.stringify(await unpack(text))), data);
});
