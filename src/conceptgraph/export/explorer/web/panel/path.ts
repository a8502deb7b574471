// Ways from one node to another, as chains of sentences.

import type { App } from "../app";
import { byId, counted, h } from "../dom";
import { nameOf, refOf } from "../graph";
import type { Path } from "../paths";
import { bestOf } from "../sentences";
import { field } from "./field";
import { heading, namesOf, quote, way, why } from "./parts";
import { statement } from "./link";

/** The form keeps what is typed until both ends are known. */
export function path(app: App, a: number, b: number): (HTMLElement | null)[] {
  const found = app.paths;
  const nothing = a >= 0 && b >= 0 && !found.length;
  return [
    heading("Find a path", h("p", { class: "kind" }, "How two things hang together")),
    h("div", { class: "path-form" }, end(app, "from", a, (node) => set(app, node, b)), end(app, "to", b, (node) => set(app, a, node))),
    a < 0 || b < 0 ? h("p", { class: "note" }, "Choose two concepts or articles. The path avoids detours through what everything is linked to.") : null,
    nothing ? h("p", { class: "note" }, a === b ? "That is one and the same." : "No chain of links leads from one to the other.") : null,
    ...found.map((each, number) => shown(app, each, number)),
  ];
}

function set(app: App, a: number, b: number): void {
  app.go({ place: { at: "path", a: a < 0 ? "" : refOf(app.graph, a), b: b < 0 ? "" : refOf(app.graph, b) }, hops: 0 });
}

function end(app: App, which: "from" | "to", node: number, choose: (node: number) => void): HTMLElement {
  const [label, hits] = which === "from" ? ["From", "Where it starts"] : ["To", "Where it ends"];
  return field(app, { id: `path-${which}`, label, hits, value: node < 0 ? "" : nameOf(app.graph, node), placeholder: "a concept or an article", choose });
}

/** Take what is typed in the form's fields; the first empty one gets the cursor. */
export function submit(): void {
  for (const id of ["path-from", "path-to"]) {
    const input = document.getElementById(id) as HTMLInputElement | null;
    input?.dispatchEvent(new Event("take"));
  }
  for (const id of ["path-from", "path-to"]) {
    if (!byId<HTMLInputElement>(id).value) return byId(id).focus();
  }
}

function shown(app: App, { nodes, edges }: Path, number: number): HTMLElement {
  const { graph } = app;
  const chosen = number === app.chosenPath;
  const steps = edges.map((edge, i) => {
    const { text, sentences } = statement(graph, edge);
    const [from, to] = [nodes[i]!, nodes[i + 1]!];
    const wanted = [from, to].map((node) => namesOf(graph, node)).filter((names) => names.length);
    return h("li", {},
      h("div", { class: "row" }, h("span", { class: "said" }, text), why(app, refOf(graph, from), refOf(graph, to), `${nameOf(graph, from)} and ${nameOf(graph, to)}`)),
      ...bestOf(sentences, wanted).map((each) => quote(each.text, [...each.names, ...wanted.flat()])),
      way(app, to));
  });
  const title = `${number === 0 ? "Best way" : `Another way`}: ${counted(edges.length, "step")}`;
  return h("section", { class: chosen ? "way-found chosen" : "way-found" },
    h("h3", {}, title, h("button", { type: "button", class: "why", "aria-pressed": String(chosen), "aria-label": `${chosen ? "on the map" : "show on map"}: way ${number + 1}`, onclick: () => app.choosePath(number) }, chosen ? "on the map" : "show on map")),
    h("div", { class: "start" }, way(app, nodes[0]!)), h("ol", {}, ...steps));
}
