// Pieces that the panel's views are made of.

import type { App } from "../app";
import { h } from "../dom";
import { isArticle, nameOf, refOf, type Graph } from "../graph";
import { CORNERS } from "../map/shapes";
import { anyOf } from "../sentences";

const SVG = "http://www.w3.org/2000/svg";

/** A kind's shape and colour, as on the map. */
export function icon(graph: Graph, kind: number, hollow = false): SVGSVGElement {
  const [id, color, shape] = graph.data.kinds[kind]!;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-1.5 -1.5 3 3");
  svg.setAttribute("class", id === "article" ? "icon article" : "icon");
  svg.setAttribute("aria-hidden", "true");
  const corners = CORNERS[shape] ?? [];
  const mark = document.createElementNS(SVG, corners.length ? "polygon" : "circle");
  if (corners.length) mark.setAttribute("points", corners.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" "));
  else mark.setAttribute("r", "1");
  mark.setAttribute("fill", hollow ? "none" : id === "article" ? "currentColor" : color);
  if (hollow) {
    mark.setAttribute("stroke", color);
    mark.setAttribute("stroke-width", ".35");
  }
  svg.append(mark);
  return svg;
}

export const nodeIcon = (graph: Graph, node: number): SVGSVGElement => icon(graph, graph.kind[node]!, graph.isNew[node] === 1);

const knows = ({ graph, known }: App, node: number): boolean => !isArticle(graph, node) && known.ids.has(graph.data.concepts.id[node]!);

/** A way on: a button that goes to a node. */
export function way(app: App, node: number, text = nameOf(app.graph, node), shape = true): HTMLButtonElement {
  return h("button", { type: "button", class: "way", onclick: () => app.goNode(node) }, shape && nodeIcon(app.graph, node), h("span", {}, text), knows(app, node) && h("span", { class: "known", title: "You know this" }, "✓"));
}

export function why(app: App, a: string, b: string, about: string): HTMLButtonElement {
  return h("button", { type: "button", class: "why", "aria-label": `Why: ${about}`, title: "Why are these linked?", onclick: () => app.go({ place: { at: "link", a, b } }) }, "why");
}

/** How much, in hundredths, as a bar; the number is said to who cannot see it. */
export function bar(hundredths: number, what: string): HTMLElement {
  const filled = h("span", {});
  filled.style.width = `${Math.max(3, hundredths)}%`;
  return h("span", { class: "bar", role: "img", "aria-label": `${what} ${hundredths} of 100`, title: `${what} ${hundredths} of 100` }, filled);
}

/** A sentence with the names in it set off. */
export function quote(text: string, names: string[]): HTMLQuoteElement | null {
  if (!text) return null;
  const quoted = h("blockquote", {});
  const wanted = anyOf(names);
  const parts = wanted ? text.split(new RegExp(`(${wanted})`, "giu")) : [text];
  parts.forEach((part, i) => quoted.append(i % 2 ? h("mark", {}, part) : part));
  return quoted;
}

export function namesOf(graph: Graph, node: number): string[] {
  return isArticle(graph, node) ? [] : [graph.data.concepts.name[node]!, ...graph.data.concepts.labels[node]!];
}

const FIRST = 12;

/** A headed list; a long one shows its beginning until asked for the rest. */
export function section(heading: string, rows: (() => HTMLElement)[], first = FIRST, note = ""): HTMLElement | null {
  if (!rows.length) return null;
  const list = h("ul", {});
  const show = (from: number, to: number) => list.append(...rows.slice(from, to).map((row) => h("li", {}, row())));
  show(0, first);
  const count = h("span", { class: "count" }, rows.length.toLocaleString("en"));
  const made = h("section", { class: "group" }, h("h3", {}, heading, rows.length > 3 && count), note && h("p", { class: "note" }, note), list);
  if (rows.length > first) {
    count.dataset["shown"] = String(first); // paper has no button to see the rest
    const more = h("button", { type: "button", class: "more" }, `Show all ${rows.length.toLocaleString("en")}`);
    more.addEventListener("click", () => {
      show(first, rows.length);
      delete count.dataset["shown"];
      (list.children[first]?.querySelector("button") as HTMLElement | null)?.focus();
      more.remove();
    });
    made.append(more);
  }
  return made;
}

export const heading = (text: string, ...above: (Node | null)[]): HTMLElement => h("div", { class: "head" }, ...above, h("h2", { tabindex: "-1" }, text));

/** The way to a study path with a node as its goal. */
export const toStudy = (app: App, node: number): HTMLElement =>
  h("button", { type: "button", onclick: () => app.go({ place: { at: "study", goals: [refOf(app.graph, node)], minutes: 0, without: [], strict: false }, hops: 0 }) }, "Study path to this");
