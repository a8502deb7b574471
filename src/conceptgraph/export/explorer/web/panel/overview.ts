// What greets the reader: topics, central concepts, newest articles.

import type { App } from "../app";
import { counted, h } from "../dom";
import { isArticle } from "../graph";
import { regionColor } from "../map/theme";
import { bar, heading, section, way } from "./parts";
import { knowledge } from "./knowledge";

const TOPICS = 10;
const CENTRAL = 18;

export function overview(app: App): (HTMLElement | null)[] {
  const { graph } = app;
  const articles = graph.size - graph.concepts;
  const quoted = graph.data.links.concept.length > 0 && !graph.data.left_out.length;
  return [
    heading("What is here"),
    h("p", { class: "lead" }, `${counted(graph.concepts, "concept")} that ${counted(articles, "article speaks", "articles speak")} of.${quoted ? " Behind every link stands a sentence." : ""} Start with a topic, or search.`),
    leftOut(app),
    topics(app),
    central(app),
    newest(app),
    knowledge(app),
  ];
}

function leftOut({ graph, visible }: App): HTMLElement | null {
  const notes = graph.data.left_out.length ? [`To keep this page small, it leaves out ${new Intl.ListFormat("en").format(graph.data.left_out)}.`] : [];
  if (visible.leftOut) notes.push("The map draws the strongest links only; choose a topic or focus on a concept to see all of its own.");
  return notes.length ? h("p", { class: "note" }, notes.join(" ")) : null;
}

function topics(app: App): HTMLElement | null {
  const { graph } = app;
  const sizes = new Map<number, number>();
  for (let i = 0; i < graph.concepts; i++) sizes.set(graph.community[i]!, (sizes.get(graph.community[i]!) ?? 0) + 1);
  const rows = graph.data.communities.map((name, number) => () => {
    const dot = h("span", { class: "dot" });
    dot.style.background = regionColor(number);
    return h("button", { type: "button", class: "topic", onclick: () => app.go({ place: { at: "community", number } }) }, dot, h("span", { class: "name" }, name), h("span", { class: "count" }, counted(sizes.get(number) ?? 0, "concept")));
  });
  return section("Topics", rows, TOPICS);
}

function central(app: App): HTMLElement | null {
  const nodes = [...app.graph.ranked].filter((node) => !isArticle(app.graph, node)).slice(0, CENTRAL);
  const made = section("Central concepts", nodes.map((node) => () => way(app, node)), CENTRAL);
  made?.classList.add("chips");
  made?.querySelector(".count")?.remove();
  return made;
}

function newest(app: App): HTMLElement | null {
  const { graph } = app;
  const { published } = graph.data.articles;
  const nodes = published.map((_, i) => i).sort((i, j) => (published[j]! > published[i]! ? 1 : published[j]! < published[i]! ? -1 : i - j));
  const rows = nodes.map((i) => () => h("div", { class: "row" }, way(app, graph.concepts + i), h("span", { class: "aside" }, published[i]!.slice(0, 10) || counted(graph.data.links.count[i]!, "concept"))));
  return section(published.some(Boolean) ? "Newest articles" : "Articles", rows, 8);
}

/** One topic: what belongs to it, and the map with nothing else. */
export function community(app: App, number: number): (HTMLElement | null)[] {
  const { graph } = app;
  const members = [...graph.ranked].filter((node) => graph.community[node] === number);
  const concepts = members.filter((node) => !isArticle(graph, node));
  const articles = members.filter((node) => isArticle(graph, node));
  const alone = app.state.within === number;
  const row = (node: number) => () => h("div", { class: "row" }, way(app, node), bar(Math.round(100 * graph.importance[node]!), "importance"));
  return [
    heading(graph.data.communities[number]!, h("p", { class: "kind" }, "Topic")),
    h("p", { class: "lead" }, `${counted(concepts.length, "concept")} that articles mention together, and ${counted(articles.length, "article that is", "articles that are")} mostly about them.`),
    h("div", { class: "actions" }, h("button", { type: "button", "aria-pressed": String(alone), onclick: () => app.go({ within: alone ? -1 : number }) }, "Show only this topic")),
    section("Concepts", concepts.map(row), 15),
    section("Articles", articles.map((node) => () => way(app, node)), 15),
  ];
}
