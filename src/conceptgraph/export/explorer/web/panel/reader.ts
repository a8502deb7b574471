// An article's text with its concepts marked, each a way on.

import type { App } from "../app";
import { h, outside } from "../dom";
import { nameOf, refOf, type Graph } from "../graph";
import { pageAt } from "../quotes";
import { heading, icon } from "./parts";

interface Mark { start: number; end: number; concept: number }
const BLOCKS = ["heading", "code", "item", "quoted"] as const;

export function marksOf(graph: Graph, article: number): Mark[] {
  const row = graph.data.reader.marks[article - graph.concepts] ?? [];
  const marks: Mark[] = [];
  for (let i = 0, start = 0; i < row.length; i += 3) {
    start += row[i]!;
    marks.push({ start, end: start + row[i + 1]!, concept: row[i + 2]! });
  }
  return marks;
}

/** Sentences of an article that name a concept, in order; of a PDF with the page, as links have it. */
export function sentencesAbout(graph: Graph, article: number, concept: number, most: number): string[] {
  const text = graph.data.reader.text[article - graph.concepts];
  if (text === undefined) return [];
  const pages = graph.data.reader.pages[article - graph.concepts]!;
  const found = marksOf(graph, article).filter((mark) => mark.concept === concept).map(({ start, end }) => sentenceAt(text, start, end) + pageAt(pages, start));
  return [...new Set(found)].slice(0, most);
}

function sentenceAt(text: string, start: number, end: number): string {
  const before = text.slice(0, start);
  const from = Math.max(before.lastIndexOf("\n"), ...[...before.matchAll(/[.!?]["”’)]*\s+(?=["“(]?\p{Lu})/gu)].slice(-1).map((stop) => stop.index + stop[0].length - 1));
  const stop = /\n|[.!?]["”’)]*(?=\s+["“(]?\p{Lu}|\s*$)/u.exec(text.slice(end));
  const to = stop ? end + stop.index + (stop[0] === "\n" ? 0 : stop[0].length) : text.length;
  return text.slice(from + 1, to).split(/\s+/).join(" ").trim();
}

export function reader(app: App, node: number): (HTMLElement | null)[] {
  const { graph } = app;
  const i = node - graph.concepts;
  const text = graph.data.reader.text[i];
  const { articles } = graph.data;
  const up = h("button", { type: "button", class: "back", onclick: () => app.go({ place: { at: "node", node: refOf(graph, node) } }) }, "← About this article");
  const head = heading(nameOf(graph, node), up, h("p", { class: "kind" }, icon(graph, graph.kind[node]!), articles.published[i]!.slice(0, 10) || "Article"));
  if (text === undefined) return [head, h("p", { class: "note" }, "To keep this page small, it leaves the articles' texts out."), outside(articles.url[i]!, "Read the source ↗")];
  const body = h("article", { class: "text" }, ...blocksOf(graph, i).map((block) => rendered(app, node, text, block)));
  return [head, body, outside(articles.url[i]!, "Read the source ↗")];
}

interface Block { start: number; end: number; kind: string }

/** The text cut into paragraphs, and what the markup set apart; the title stands above already. */
export function blocksOf(graph: Graph, i: number): Block[] {
  const text = graph.data.reader.text[i]!;
  const row = graph.data.reader.blocks[i] ?? [];
  const marked: Block[] = [];
  for (let at = 0; at < row.length; at += 3) {
    const start = row[at]!;
    if (start >= (marked.at(-1)?.end ?? 0)) marked.push({ start, end: start + row[at + 1]!, kind: BLOCKS[row[at + 2]!]! });
  }
  const title = graph.data.articles.title[i]!;
  let from = text.startsWith(title) ? title.length : 0;
  const blocks: Block[] = [];
  const paragraphs = (start: number, end: number) => {
    for (const part of text.slice(start, end).matchAll(/[^\n]+(?:\n(?!\n)[^\n]+)*/g)) {
      if (part[0].trim()) blocks.push({ start: start + part.index, end: start + part.index + part[0].length, kind: "paragraph" });
    }
  };
  for (const block of marked) {
    if (block.start < from) continue;
    paragraphs(from, block.start);
    blocks.push(block);
    from = block.end;
  }
  paragraphs(from, text.length);
  return blocks;
}

const ELEMENTS = { heading: "h3", code: "pre", item: "p", quoted: "blockquote", paragraph: "p" } as const;

function rendered(app: App, node: number, text: string, block: Block): HTMLElement {
  const element = h(ELEMENTS[block.kind as keyof typeof ELEMENTS] ?? "p", { class: block.kind });
  let at = block.start;
  for (const { start, end, concept } of marksOf(app.graph, node)) {
    if (start < at || end > block.end) continue;
    element.append(text.slice(at, start), mark(app, concept, text.slice(start, end)));
    at = end;
  }
  element.append(text.slice(at, block.end));
  return element;
}

function mark(app: App, concept: number, words: string): HTMLElement {
  const definition = app.graph.data.concepts.definition[concept]!;
  return h("button", { type: "button", class: "mention", title: definition || nameOf(app.graph, concept), onclick: () => app.goNode(concept) }, words);
}
