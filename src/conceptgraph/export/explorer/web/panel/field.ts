// A labelled field in which one searches for a concept or an article.

import type { App } from "../app";
import { Combo } from "../combo";
import { h } from "../dom";
import { nodeIcon } from "./parts";

interface Options {
  id: string;
  label: string;
  /** Name of the list of hits. */
  hits: string;
  value?: string;
  placeholder: string;
  fits?(node: number): boolean;
  choose(node: number): void;
}

export function field(app: App, { id, label, hits, value = "", placeholder, fits = () => true, choose }: Options): HTMLElement {
  const input = h("input", { id, type: "text", role: "combobox", "aria-expanded": "false", "aria-haspopup": "listbox", autocomplete: "off", spellcheck: "false", placeholder });
  input.value = value;
  const list = h("div", { id: `${id}-list`, role: "listbox", "aria-label": hits, class: "results", hidden: true });
  new MutationObserver(() => input.setAttribute("aria-expanded", String(!list.hidden))).observe(list, { attributes: true });
  const combo = new Combo(input, list, {
    find: (query) => app.search(query).filter((hit) => fits(hit.node)),
    option: (hit) => [nodeIcon(app.graph, hit.node), h("span", {}, hit.name)],
    choose, say: (words) => app.say(words),
  });
  input.addEventListener("take", () => { if (input.value.trim() && input.value !== value) combo.take(); });
  return h("div", { class: "field" }, h("label", { for: input.id }, label), input, list);
}
