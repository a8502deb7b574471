// Why two nodes are linked: every statement, with its sentence, how it is known and how surely.

import type { App } from "../app";
import { h } from "../dom";
import { edgesBetween, edgesOf, edgeType, isArticle, nameOf, otherEnd, type Graph } from "../graph";
import type { Sentence } from "../sentences";
import { SAID, TECHNIQUES } from "../words";
import { reasonOf } from "../study/needs";
import { sentenceOf } from "../quotes";
import { bar, heading, namesOf, quote, section, way } from "./parts";
import { sentencesAbout } from "./reader";

export interface Statement { text: string; technique: string; confidence: number; sentences: Sentence[] }

export function link(app: App, a: number, b: number): (HTMLElement | null)[] {
  const { graph } = app;
  const edges = edgesBetween(graph, a, b);
  const statements = edges.map((edge) => statement(graph, edge));
  return [
    heading(`${nameOf(graph, a)} – ${nameOf(graph, b)}`, h("p", { class: "kind" }, "Why these two are linked")),
    h("div", { class: "ends" }, way(app, a), way(app, b)),
    statements.length ? null : h("p", { class: "note" }, "Nothing links these two directly. “Find path” looks for a way round."),
    ...statements.map((each) => shown(app, each)),
    section("Both are linked to", common(graph, a, b).map((node) => () => way(app, node)), 10),
  ];
}

function shown(app: App, { text, technique, confidence, sentences }: Statement): HTMLElement {
  const how = technique.split(", ").map((name) => TECHNIQUES[name] ?? name.replaceAll("_", " ")).filter(Boolean).join("; ");
  return h("section", { class: "group statement" },
    h("h3", {}, text),
    h("p", { class: "how" }, how && `Known by ${how}`, bar(confidence, "confidence"), `${confidence}% sure`),
    ...sentences.map((each) => h("div", { class: "evidence" }, quote(each.text, each.names), each.article >= 0 && way(app, each.article))));
}

/** What an edge says. */
export function statement(graph: Graph, edge: number): Statement {
  const { links, strings, citations, related } = graph.data;
  const [a, b, row] = [graph.a[edge]!, graph.b[edge]!, graph.row[edge]!];
  const [from, to] = [nameOf(graph, a), nameOf(graph, b)];
  switch (edgeType(graph, edge)) {
    case "mention": {
      const best = sentenceOf(graph.data, a - graph.concepts, row);
      const all = [best, ...sentencesAbout(graph, a, b, 4).filter((text) => text !== best)].filter(Boolean);
      const about = links.core[row] === "1" ? "is about" : "mentions";
      const sentences = all.map((text) => ({ text, names: namesOf(graph, b), article: -1 }));
      return { text: `“${from}” ${about} ${to}`, technique: links.techniques[links.technique[row]!]!, confidence: links.confidence[row]!, sentences };
    }
    case "citation":
      return { text: `“${from}” links to “${to}”`, technique: "hyperlink", confidence: 100, sentences: quoted(strings[citations.quote[row]!]!) };
    case "similar":
      return { text: `“${from}” and “${to}” are alike`, technique: "concepts that both speak of", confidence: related.score[row]!, sentences: quoted(related.shared[row]!.map((node) => nameOf(graph, node)).join(", ")) };
    case "need": return needed(graph, row, from, to);
    default: return stated(graph, edge);
  }
}

const quoted = (text: string): Sentence[] => (text ? [{ text, names: [], article: -1 }] : []);

function needed({ data }: Graph, row: number, from: string, to: string): Statement {
  const [tier, confidence] = data.study.tiers[data.study.tier[row]!]!;
  return { text: `${from} ${SAID["requires"]![0]} ${to}`, technique: tier, confidence, sentences: quoted(reasonOf(data, row, from, to)) };
}

function stated(graph: Graph, edge: number): Statement {
  const [a, b, row] = [graph.a[edge]!, graph.b[edge]!, graph.row[edge]!];
  const table = graph.data.relations;
  const kind = table.kinds[table.kind[row]!]!;
  const verb = (SAID[kind] ?? [kind.replaceAll("_", " ")])[0];
  const reason = graph.data.strings[table.why[row]!]!;
  const technique = table.techniques[table.technique[row]!]!;
  const confidence = table.confidence[row]!;
  const company = kind === "co_occurs";
  const both = company || !reason ? sharedArticles(graph, a, b) : [];
  const text = company && both.length ? `${nameOf(graph, a)} and ${nameOf(graph, b)} are mentioned together in ${both.length} articles` : `${nameOf(graph, a)} ${verb} ${nameOf(graph, b)}`;
  const joint = both.slice(0, READ).flatMap(({ article }) => jointSentences(graph, article, a, b)).slice(0, 3);
  const apart = company && !joint.length ? both.slice(0, 3).flatMap((shared) => sentencesOf(graph, shared, [a, b])) : [];
  return { text, technique, confidence, sentences: company || !reason ? [...joint, ...apart] : quoted(reason) };
}

/** In how many articles that speak of both is looked for a sentence that does. */
const READ = 12;

function jointSentences(graph: Graph, article: number, a: number, b: number): Sentence[] {
  const second = new Set(sentencesAbout(graph, article, b, Infinity));
  const names = [...namesOf(graph, a), ...namesOf(graph, b)];
  return sentencesAbout(graph, article, a, Infinity).filter((text) => second.has(text)).slice(0, 1).map((text) => ({ text, names, article }));
}

interface Shared { article: number; rows: number[]; weight: number }

/** Articles that mention both concepts, those that weigh both most first. */
function sharedArticles(graph: Graph, a: number, b: number): Shared[] {
  const of = (node: number) => new Map([...edgesOf(graph, node)].filter((edge) => edgeType(graph, edge) === "mention").map((edge) => [otherEnd(graph, edge, node), edge]));
  const [one, two] = [of(a), of(b)];
  const both = [...one].filter(([article]) => two.has(article)).map(([article, edge]) => {
    const second = two.get(article)!;
    return { article, rows: [graph.row[edge]!, graph.row[second]!], weight: graph.strength[edge]! * graph.strength[second]! };
  });
  return both.sort((p, q) => q.weight - p.weight || p.article - q.article);
}

/** The article's sentence for each of the two; one that serves both is quoted once. */
function sentencesOf(graph: Graph, { article, rows }: Shared, nodes: number[]): Sentence[] {
  const names = nodes.flatMap((node) => namesOf(graph, node));
  const texts = [...new Set(rows.map((row) => sentenceOf(graph.data, article - graph.concepts, row)))].filter(Boolean);
  return texts.map((text, i) => ({ text, names, article: i === texts.length - 1 ? article : -1 }));
}

function common(graph: Graph, a: number, b: number): number[] {
  const of = (node: number) => new Set([...edgesOf(graph, node)].map((edge) => otherEnd(graph, edge, node)));
  const two = of(b);
  return [...of(a)].filter((node) => two.has(node) && !isArticle(graph, node)).sort((i, j) => graph.importance[j]! - graph.importance[i]!).slice(0, 40);
}
