// What the reader knows: how much it is, and the way to and from a file. Study paths start from it.

import type { App } from "../app";
import { counted, h } from "../dom";
import { save } from "../save";

export function knowledge(app: App): HTMLElement {
  const known = app.graph.data.concepts.id.filter((id) => app.known.ids.has(id)).length;
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": "File of known concepts", id: "known-file" });
  file.addEventListener("change", () => void load(app, file));
  return h("section", { class: "group knowledge", id: "study" },
    h("h3", {}, "What you know"),
    h("p", { class: "note" }, known
      ? `You marked ${counted(known, "concept")} here as known. The filters can hide or single them out, and study paths leave them out.`
      : "Mark a concept as known where you read of it; the filters can then hide or single out what you know, and study paths leave it out."),
    h("div", { class: "actions" },
      h("button", { type: "button", onclick: () => app.go({ place: { at: "study", goals: [], minutes: 0, without: [], strict: false }, hops: 0 }) }, "Make a study path"),
      h("button", { type: "button", onclick: () => save("known.json", app.known.toJson(), "application/json") }, "Save to a file"),
      h("button", { type: "button", onclick: () => file.click() }, "Load from a file"), file));
}

async function load(app: App, file: HTMLInputElement): Promise<void> {
  const chosen = file.files?.[0];
  if (!chosen) return;
  const fine = app.known.add(await chosen.text());
  app.say(fine ? `${app.known.ids.size} concepts are marked as known` : "That file has no list of known concepts: it should read {\"known\": [\"bloom-filter\"]}");
  app.knowing();
}
