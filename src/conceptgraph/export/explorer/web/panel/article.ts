// An article: what it says, which concepts it is about, and which articles are like it.

import type { App } from "../app";
import { counted, h, outside } from "../dom";
import { edgesOf, edgeType, nameOf, otherEnd, refOf } from "../graph";
import { bar, heading, icon, section, toStudy, way, why } from "./parts";
import { focus } from "./focus";
import { similar } from "./similar";

export function article(app: App, node: number): (HTMLElement | null)[] {
  const { graph } = app;
  const { articles, reader } = graph.data;
  const i = node - graph.concepts;
  const read = reader.text[i] !== undefined && h("button", { type: "button", class: "primary", onclick: () => app.go({ place: { at: "read", node: refOf(graph, node) } }) }, "Read here");
  const facts = [articles.published[i]!.slice(0, 10), counted(graph.data.links.count[i]!, "concept")].filter(Boolean).join(" · ");
  return [
    heading(nameOf(graph, node), h("p", { class: "kind" }, icon(graph, graph.kind[node]!), `Article · ${facts}`)),
    articles.summary[i] ? h("p", { class: "definition" }, articles.summary[i]!) : null,
    articles.tags[i]!.length ? h("p", { class: "also" }, articles.tags[i]!.map((tag) => `#${tag}`).join("  ")) : null,
    h("div", { class: "actions" }, read, toStudy(app, node), focus(app), outside(articles.url[i]!, "Source ↗")),
    ...conceptsByKind(app, node),
    similar(app, node),
    citations(app, node, "source", "Links to"),
    citations(app, node, "target", "Linked from"),
  ];
}

/** Core concepts first, then all by kind, each by weight. */
function conceptsByKind(app: App, node: number): (HTMLElement | null)[] {
  const { graph } = app;
  const { links } = graph.data;
  const edges = [...edgesOf(graph, node)].filter((edge) => edgeType(graph, edge) === "mention");
  edges.sort((e, f) => graph.strength[f]! - graph.strength[e]!);
  const row = (edge: number) => () => {
    const other = otherEnd(graph, edge, node);
    return h("div", { class: "row" }, way(app, other), bar(links.weight[graph.row[edge]!]!, "weight"), why(app, refOf(graph, other), refOf(graph, node), `${nameOf(graph, other)} in ${nameOf(graph, node)}`));
  };
  const isCore = (edge: number) => links.core[graph.row[edge]!] === "1";
  const kinds = graph.data.kinds.map(([, , , name], kind) => {
    const some = edges.filter((edge) => !isCore(edge) && graph.kind[otherEnd(graph, edge, node)] === kind);
    return section(name, some.map(row), 5);
  });
  return [section("What it is about", edges.filter(isCore).map(row), 12), ...kinds];
}

function citations(app: App, node: number, from: "source" | "target", text: string): HTMLElement | null {
  const { graph } = app;
  const { citations: table, strings } = graph.data;
  const to = from === "source" ? table.target : table.source;
  const rows = table[from].flatMap((end, i) => (end + graph.concepts === node ? [i] : []));
  return section(text, rows.map((i) => () => h("div", { class: "evidence" }, way(app, graph.concepts + to[i]!), strings[table.quote[i]!] && h("p", { class: "reason" }, `“${strings[table.quote[i]!]}”`))), 8);
}
