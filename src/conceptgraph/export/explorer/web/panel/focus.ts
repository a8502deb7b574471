// How much of the map is shown around the selected node.

import type { App } from "../app";
import { h } from "../dom";

export function focus(app: App): HTMLElement {
  const choice = (hops: number, text: string, label: string) =>
    h("button", { type: "button", "aria-pressed": String(app.state.hops === hops), "aria-label": label, onclick: () => app.go({ hops }) }, text);
  return h("div", { class: "segmented", role: "group", "aria-label": "Show on the map" },
    h("span", { class: "legend-text", "aria-hidden": "true" }, "Show"), choice(0, "all", "Show all of the map"), choice(1, "1 hop", "1 hop around this"),
    choice(2, "2", "2 hops around this"), choice(3, "3", "3 hops around this"));
}
