// Articles that share an article's concepts, with the concepts that they share.

import type { App } from "../app";
import { h } from "../dom";
import { edgesOf, edgeType, nameOf, otherEnd, type Graph } from "../graph";
import { bar, section, way } from "./parts";

interface Like { article: number; score: number; shared: number[] }

export function similar(app: App, node: number): HTMLElement | null {
  const { graph } = app;
  const rows = likes(graph, node).map(({ article, score, shared }) => () =>
    h("div", { class: "evidence" },
      h("div", { class: "row" }, way(app, article), bar(Math.round(100 * score), "likeness")),
      shared.length ? h("p", { class: "reason" }, `Both: ${shared.slice(0, 5).map((concept) => nameOf(graph, concept)).join(", ")}`) : null));
  return section("Related articles", rows, 6);
}

/** As given at the build; else by the concepts that they share, rare ones counting more. */
function likes(graph: Graph, node: number): Like[] {
  const { related } = graph.data;
  if (related.source.length) {
    return related.source.flatMap((source, i) => (source + graph.concepts === node
      ? [{ article: graph.concepts + related.target[i]!, score: related.score[i]! / 100, shared: related.shared[i]! }] : []));
  }
  return computed(graph, node);
}

function computed(graph: Graph, node: number): Like[] {
  const found = new Map<number, { score: number; shared: [number, number][] }>();
  const articles = graph.size - graph.concepts;
  let own = 0;
  for (const edge of edgesOf(graph, node)) {
    if (edgeType(graph, edge) !== "mention") continue;
    const concept = otherEnd(graph, edge, node);
    const others = [...edgesOf(graph, concept)].filter((e) => edgeType(graph, e) === "mention");
    const rarity = Math.log(1 + articles / others.length);
    own += rarity * graph.strength[edge]!;
    for (const e of others) {
      const other = otherEnd(graph, e, concept);
      if (other === node) continue;
      const share = rarity * Math.min(graph.strength[edge]!, graph.strength[e]!);
      const like = found.get(other) ?? { score: 0, shared: [] };
      like.score += share;
      like.shared.push([share, concept]);
      found.set(other, like);
    }
  }
  const ranked = [...found].map(([article, { score, shared }]) => ({ article, score: score / (own || 1), shared: shared.sort((p, q) => q[0] - p[0]).map(([, concept]) => concept) }));
  return ranked.sort((p, q) => q.score - p.score || p.article - q.article).slice(0, 12);
}
