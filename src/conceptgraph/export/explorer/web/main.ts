// The composer: data → graph → state → map and panel.

import { byId, h } from "./dom";
import { unpack } from "./data";
import { makeGraph } from "./graph";
import { Explorer } from "./explorer";
import { reloadWhenRebuilt } from "./live";

async function start(): Promise<void> {
  const data = await unpack(byId("data").textContent ?? "");
  byId("data").remove();
  const explorer = new Explorer(makeGraph(data));
  explorer.begin();
  document.documentElement.dataset["ready"] = "true";
  reloadWhenRebuilt();
}

document.documentElement.dataset["script"] = "true";
start().catch((error: unknown) => {
  const old = typeof DecompressionStream === "undefined";
  byId("details").replaceChildren(h("p", { class: "note", role: "alert" }, old ? "This browser is too old for the page: it needs DecompressionStream (Chrome 80, Firefox 113, Safari 16.4)." : "The page's data cannot be read; build it again with “conceptgraph build”."));
  throw error;
});
