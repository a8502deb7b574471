// A concept: what it is, who speaks of it in which words, and what it is related to.

import type { App } from "../app";
import { counted, h } from "../dom";
import { edgesOf, edgeType, nameOf, otherEnd, refOf, type Graph } from "../graph";
import { LISTS, SYMMETRIC } from "../words";
import { reasonOf } from "../study/needs";
import { sentenceOf } from "../quotes";
import { bar, heading, icon, namesOf, quote, section, toStudy, way, why } from "./parts";
import { focus } from "./focus";

export function concept(app: App, node: number): (HTMLElement | null)[] {
  const { graph } = app;
  const { definition, labels } = graph.data.concepts;
  const articles = graph.data.links.concept.reduce((sum, other) => sum + Number(other === node), 0);
  const kind = h("p", { class: "kind" }, icon(graph, graph.kind[node]!, graph.isNew[node] === 1), `${graph.data.kinds[graph.kind[node]!]![3]} · in ${counted(articles, "article")}`, graph.isNew[node] === 1 && h("span", { class: "badge" }, "new: not in the vocabulary"));
  return [
    heading(nameOf(graph, node), kind),
    definition[node] ? h("p", { class: "definition" }, definition[node]) : null,
    labels[node]!.length ? h("p", { class: "also" }, `Also: ${labels[node]!.join(", ")}`) : null,
    h("div", { class: "actions" }, knows(app, node), toStudy(app, node), focus(app)),
    ...needs(app, node),
    articlesOf(app, node),
    ...relations(app, node),
    ...company(app, node),
  ];
}

function knows(app: App, node: number): HTMLElement {
  const id = app.graph.data.concepts.id[node]!;
  const known = app.known.ids.has(id);
  return h("button", { type: "button", class: "knows", "aria-pressed": String(known), onclick: () => { app.known.set(id, !known); app.knowing(); } }, known ? "✓ I know this" : "I know this");
}

function articlesOf(app: App, node: number): HTMLElement | null {
  const { graph } = app;
  const { links } = graph.data;
  const edges = [...edgesOf(graph, node)].filter((edge) => edgeType(graph, edge) === "mention");
  edges.sort((e, f) => graph.strength[f]! - graph.strength[e]!);
  const names = namesOf(graph, node);
  const rows = edges.map((edge) => () => {
    const article = otherEnd(graph, edge, node);
    const row = graph.row[edge]!;
    return h("div", { class: "evidence" },
      h("div", { class: "row" }, way(app, article), bar(links.weight[row]!, "weight"), why(app, refOf(graph, node), refOf(graph, article), `${nameOf(graph, node)} in ${nameOf(graph, article)}`)),
      quote(sentenceOf(graph.data, article - graph.concepts, row), names));
  });
  return section("Articles", rows, 8);
}

/** Other end and relation of each relation of one kind, as seen from a node. */
function ends(graph: Graph, node: number, kind: string, out: boolean): { other: number; row: number }[] {
  const table = graph.data.relations;
  const found: { other: number; row: number }[] = [];
  for (const edge of edgesOf(graph, node)) {
    const row = graph.row[edge]!;
    if (edgeType(graph, edge) !== "relation" || table.kinds[table.kind[row]!] !== kind) continue;
    if (SYMMETRIC.has(kind) || (table.source[row] === node) === out) found.push({ other: otherEnd(graph, edge, node), row });
  }
  return found.sort((one, two) => table.confidence[two.row]! - table.confidence[one.row]! || graph.importance[two.other]! - graph.importance[one.other]!);
}

function relations(app: App, node: number): (HTMLElement | null)[] {
  const { graph } = app;
  return LISTS.map(([kind, out, text]) => {
    const rows = ends(graph, node, kind, out).map(({ other, row }) => () => related(app, node, other, graph.data.strings[graph.data.relations.why[row]!]!));
    return section(text, rows, 8);
  });
}

function related(app: App, node: number, other: number, reason: string): HTMLElement {
  const { graph } = app;
  return h("div", { class: "evidence" },
    h("div", { class: "row" }, way(app, other), why(app, refOf(graph, node), refOf(graph, other), `${nameOf(graph, node)} and ${nameOf(graph, other)}`)),
    reason && h("p", { class: "reason" }, reason));
}

/** Related in the vocabulary, and mentioned together by articles. */
function company(app: App, node: number): (HTMLElement | null)[] {
  const { graph } = app;
  const table = graph.data.relations;
  const stated = ends(graph, node, "related", true);
  const already = new Set(stated.map(({ other }) => other));
  const met = ends(graph, node, "co_occurs", true).filter(({ other }) => !already.has(other));
  const shown = ({ other, row }: { other: number; row: number }) => () => related(app, node, other, graph.data.strings[table.why[row]!]!);
  return [section("Related", stated.map(shown), 8), section("Often mentioned together", met.map(shown), 8)];
}

function needs(app: App, node: number): (HTMLElement | null)[] {
  const { graph } = app;
  const edges = [...edgesOf(graph, node)].filter((edge) => edgeType(graph, edge) === "need").sort((e, f) => graph.strength[f]! - graph.strength[e]! || e - f);
  const rows = (from: Uint32Array) => edges.filter((edge) => from[edge] === node)
    .map((edge) => () => related(app, node, otherEnd(graph, edge, node), reasonOf(graph.data, graph.row[edge]!, nameOf(graph, graph.a[edge]!), nameOf(graph, graph.b[edge]!))));
  return [section("Understand first", rows(graph.a), 8), section("Helps to understand", rows(graph.b), 6)];
}
