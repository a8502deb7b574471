// A study path: to what, from what one knows, in how much time; the steps, what no article explains, what had no room.

import type { App } from "../app";
import { counted, h } from "../dom";
import { nameOf, refOf } from "../graph";
import { save } from "../save";
import type { Study } from "../state";
import type { Goal, Step, StudyPath } from "../study/path";
import { does } from "../study/studies";
import { field } from "./field";
import { heading, namesOf, quote, section, way } from "./parts";

/** A concept is suggested as a goal where it needs so many directly; how many are. */
const SOME_NEEDS = 3;
const SUGGESTED = 8;

export function study(app: App, place: Study): (HTMLElement | null)[] {
  const path = app.study;
  const lost = place.goals.filter((ref) => !app.studies.goalAt(ref));
  return [
    heading(path ? app.studies.heading(path) : "Make a study path", h("p", { class: "kind" }, "Study path: what to read, in what order, and why")),
    form(app, place),
    lost.length ? h("p", { class: "note", role: "alert" }, `Not in this graph: ${lost.map((ref) => ref.replace(/^\w+:/, "")).join(", ")}.`) : null,
    path ? null : h("p", { class: "note" }, "Choose what you want to understand. What it needs is worked out from there, less what you know, and articles are chosen that explain it."),
    path ? null : suggestions(app, place),
    ...(path ? found(app, place, path) : []),
  ];
}

/** Central concepts that take some study. */
function suggestions(app: App, place: Study): HTMLElement | null {
  const { graph, studies } = app;
  const some = [...graph.ranked].filter((node) => node < graph.concepts && studies.needs.first[node + 1]! - studies.needs.first[node]! >= SOME_NEEDS).slice(0, SUGGESTED);
  const made = section("For example", some.map((node) => () => h("button", { type: "button", class: "tag", onclick: () => change(app, place, { goals: [refOf(graph, node)] }) }, nameOf(graph, node))), SUGGESTED);
  made?.classList.add("chips");
  made?.querySelector(".count")?.remove();
  return made;
}

const change = (app: App, place: Study, to: Partial<Study>): void => app.go({ place: { ...place, ...to }, hops: 0 });

function form(app: App, place: Study): HTMLElement {
  const { graph } = app;
  const minutes = h("input", { id: "study-minutes", type: "number", min: 1, step: 1, inputmode: "numeric", placeholder: "as many as it takes" });
  minutes.value = place.minutes ? String(place.minutes) : "";
  minutes.addEventListener("change", () => change(app, place, { minutes: Math.max(0, Math.floor(Number(minutes.value))) || 0 }));
  const goals = place.goals.map((ref) => {
    const goal = app.studies.goalAt(ref);
    const name = goal ? app.studies.goal(goal) : ref;
    return tag(name, `Not a goal any more: ${name}`, () => change(app, place, { goals: place.goals.filter((other) => other !== ref) }));
  });
  return h("div", { class: "path-form study-form" },
    goals.length ? h("div", { class: "tags", role: "group", "aria-label": "Goals" }, ...goals) : null,
    field(app, {
      id: "study-goal", label: goals.length ? "And to" : "Goal", hits: "Goals that fit", placeholder: goals.length ? "another concept or article" : "a concept or an article",
      choose: (node) => change(app, place, { goals: [...new Set([...place.goals, refOf(graph, node)])] }),
    }),
    field(app, {
      id: "study-know", label: "I know", hits: "Concepts that fit", placeholder: "a concept that you know", fits: (node) => node < graph.concepts,
      choose: (node) => mark(app, [node], true),
    }),
    h("div", { class: "field" }, h("label", { for: "study-minutes" }, "Minutes"), minutes),
    known(app, place));
}

/** Something chosen, with a way to undo that. */
function tag(text: string, undo: string, does: () => void): HTMLElement {
  return h("button", { type: "button", class: "tag", "aria-label": undo, title: undo, onclick: does }, text, h("span", { "aria-hidden": "true" }, "×"));
}

function mark(app: App, concepts: number[], knows: boolean): void {
  for (const i of concepts) app.known.set(app.studies.needs.ids[i]!, knows);
  app.knowing();
}

/** Concepts marked as known that these goals need, or, unless that is not to count, that build on what they need. */
function bearing({ studies, known: { ids } }: App, goals: Goal[], strict: boolean): number[] {
  const whole = studies.needs.needed(studies.aims(goals));
  return studies.concepts(ids).filter((i) => (strict ? whole.has(i) : [...studies.needs.implied([i])].some((other) => whole.has(other))));
}

/** What of the reader's knowledge bears on these goals. */
function known(app: App, place: Study): HTMLElement | null {
  const { studies } = app;
  const goals = place.goals.flatMap((ref) => studies.goalAt(ref) ?? []);
  if (!goals.length) return app.known.ids.size ? h("p", { class: "note" }, `You marked ${counted(app.known.ids.size, "concept")} as known.`) : null;
  const whole = studies.needs.needed(studies.aims(goals));
  const marked = bearing(app, goals, place.strict);
  const implied = implies(app, place);
  if (!marked.length) return h("div", {}, h("p", { class: "note" }, `All of it takes ${counted(whole.size, "concept")}. What you mark as known is left out${place.strict ? "" : ", with what it builds on"}.`), app.known.ids.size ? implied : null);
  const saved = whole.size - app.study!.concepts.length;
  return h("div", {},
    h("div", { class: "tags familiar", role: "group", "aria-label": "What you know" }, ...marked.map((i) => tag(studies.name(i), `Not known: ${studies.name(i)}`, () => mark(app, [i], false)))),
    h("p", { class: "note" }, `${place.strict ? "That" : "With what it builds on, that"} is ${saved} of ${counted(whole.size, "concept")}.`),
    implied);
}

/** Whether who knows a concept knows what it builds on: `--strict-know` on the command line. */
function implies(app: App, place: Study): HTMLElement {
  const box = h("input", { type: "checkbox", id: "study-implies" });
  box.checked = !place.strict;
  box.addEventListener("change", () => change(app, place, { strict: !box.checked }));
  return h("label", { class: "implies" }, box, " I also know what that builds on");
}

function found(app: App, place: Study, path: StudyPath): (HTMLElement | null)[] {
  const { studies } = app;
  const marked = bearing(app, path.goals, place.strict);
  return [
    h("p", { class: "summary" }, studies.summary(path)),
    marked.length ? h("p", { class: "printed" }, `You know ${studies.names(marked)}${place.strict ? "" : ", and what that builds on"}.`) : null,
    path.steps.length ? progress(app, path) : null,
    h("div", { class: "actions" },
      !path.steps.length && path.budget !== null && path.least > 0 && h("button", { type: "button", class: "primary", onclick: () => change(app, place, { minutes: path.least }) }, `Take ${counted(path.least, "minute")}`),
      h("button", { type: "button", onclick: () => print() }, "Print"),
      h("button", { type: "button", onclick: () => save("study-path.md", studies.markdown(path, (article) => isRead(app, article)), "text/markdown") }, "Export Markdown"),
      path.steps.length ? h("button", { type: "button", title: "A path without these articles", onclick: () => without(app, place, path.steps.map((step) => step.article)) }, "Another way") : null),
    put(app, place),
    path.steps.length ? h("ol", { class: "steps", "aria-label": "Steps" }, ...path.steps.map((step, at) => shown(app, place, step, at))) : null,
    section("Left out for lack of time", path.cut.map((cut) => () => h("div", { class: "evidence" },
      h("div", { class: "row" }, way(app, app.graph.concepts + cut.article), h("span", { class: "aside" }, `${cut.minutes} min`)),
      h("p", { class: "reason" }, `Costs you ${studies.names(cut.concepts)}.`))), path.cut.length),
    section("No article explains", path.gaps.map(({ concept: i }) => () => h("div", { class: "evidence" },
      h("div", { class: "row" }, concept(app, i), knows(app, i)), h("p", { class: "reason" }, studies.needs.definitions[i]!))), path.gaps.length),
    needed(app, path),
    app.graph.data.left_out.length ? h("p", { class: "note" }, `To keep this page small, it leaves out ${app.graph.data.left_out.join(" and ")}; “conceptgraph study” says it all.`) : null,
  ];
}

const idOf = (app: App, article: number): string => app.graph.data.articles.id[article]!;
const isRead = (app: App, article: number): boolean => app.read.ids.has(idOf(app, article));

function progress(app: App, path: StudyPath): HTMLElement {
  const done = path.steps.filter((step) => isRead(app, step.article));
  const left = path.minutes - done.reduce((sum, step) => sum + step.minutes, 0);
  const text = `${done.length} of ${counted(path.steps.length, "step")} done, ${left ? `${counted(left, "minute")} to go` : "nothing left to read"}`;
  return h("div", { class: "progress" }, h("progress", { max: path.minutes, value: path.minutes - left, "aria-label": "Minutes read" }), h("span", {}, text));
}

function without(app: App, place: Study, articles: number[]): void {
  change(app, place, { without: [...new Set([...place.without, ...articles.map((article) => idOf(app, article))])].sort() });
}

/** Articles that the reader put aside, each with a way back. */
function put(app: App, place: Study): HTMLElement | null {
  if (!place.without.length) return null;
  const titles = place.without.map((id) => {
    const article = app.graph.data.articles.id.indexOf(id);
    const title = article < 0 ? id : app.studies.title(article);
    return tag(title, `Read it after all: ${title}`, () => change(app, place, { without: place.without.filter((other) => other !== id) }));
  });
  return h("div", { class: "aside-articles" }, h("p", { class: "note" }, "Not to be read:"), h("div", { class: "tags", role: "group", "aria-label": "Articles not to read" }, ...titles));
}

function shown(app: App, place: Study, step: Step, at: number): HTMLElement {
  const { studies, graph } = app;
  const node = graph.concepts + step.article;
  const title = nameOf(graph, node);
  const read = isRead(app, step.article);
  const sections = studies.sections(step);
  const tick = h("input", { type: "checkbox", id: `step-${at}`, "aria-label": `Done: ${title}` });
  tick.checked = read;
  tick.addEventListener("change", () => {
    app.read.set(idOf(app, step.article), tick.checked);
    app.knowing();
  });
  const text = graph.data.reader.text[step.article] === undefined ? null
    : h("button", { type: "button", class: "why", "aria-label": `Read here: ${title}`, onclick: () => app.go({ place: { at: "read", node: refOf(graph, node) } }) }, "read");
  return h("li", { class: read ? "step done" : "step" },
    h("div", { class: "row" }, tick, h("span", { class: "number" }, String(at + 1)), way(app, node, title, false), text, h("span", { class: "aside" }, `${step.minutes} min`)),
    sections.length ? line("Sections", ...joined(sections)) : null,
    line(does(step), ...joined(step.concepts.map((i) => concept(app, i)))),
    h("ul", { class: "why-here", "aria-label": "Why it is here" }, ...studies.why(step).map((sentence) => h("li", {}, sentence))),
    quote(studies.quote(step), step.main < graph.concepts ? namesOf(graph, step.main) : []),
    step.unlocks.length ? line("Opens the way to", ...joined(step.unlocks.map((i) => concept(app, i)))) : null,
    step.alternatives.length ? line("Or read", ...joined(step.alternatives.map((article) => link(app, graph.concepts + article)))) : null,
    h("div", { class: "step-actions" },
      h("button", { type: "button", class: "why", title: `Skip it if you know ${studies.names(studies.skipIf(step))}`, "aria-label": `I know this: skip step ${at + 1}, which ${does(step).toLowerCase()} ${studies.names(step.concepts)}`, onclick: () => mark(app, step.concepts, true) }, "I know this: skip"),
      h("button", { type: "button", class: "why", "aria-label": `Not this article: ${title}`, onclick: () => without(app, place, [step.article]) }, "Not this article")));
}

type Piece = HTMLElement | string;

const line = (label: string, ...pieces: Piece[]): HTMLElement => h("p", { class: "line" }, h("span", { class: "label" }, label), " ", ...pieces);
const joined = (pieces: Piece[]): Piece[] => pieces.flatMap((piece, i) => (i ? [", ", piece] : [piece]));

const link = (app: App, node: number): HTMLElement => h("button", { type: "button", class: "mention", onclick: () => app.goNode(node) }, nameOf(app.graph, node));

/** A concept's name: a way on, where the graph has it. */
function concept(app: App, i: number): HTMLElement {
  const { needs } = app.studies;
  return i < app.graph.concepts ? link(app, i) : h("span", { title: needs.definitions[i]! }, needs.names[i]!);
}

function knows(app: App, i: number): HTMLElement {
  const name = app.studies.name(i);
  return h("button", { type: "button", class: "why", "aria-label": `I know this: ${name}`, onclick: () => mark(app, [i], true) }, "I know this");
}

/** All that is needed, with the step that teaches it. */
function needed(app: App, path: StudyPath): HTMLElement | null {
  if (!path.concepts.length) return null;
  const step = new Map(path.steps.flatMap(({ concepts }, at) => concepts.map((i) => [i, at + 1] as const)).reverse());
  const gaps = new Set(path.gaps.map((gap) => gap.concept));
  const where = (i: number): string => (step.has(i) ? `step ${step.get(i)}${gaps.has(i) ? ", in passing" : ""}` : gaps.has(i) ? "no article" : "left out");
  const rows = path.concepts.map((i) => h("li", {}, h("div", { class: "row" }, h("span", { class: "way" }, concept(app, i)), h("span", { class: "aside" }, where(i)), knows(app, i))));
  return h("details", { class: "group needed" }, h("summary", {}, `All that is needed, in order (${path.concepts.length})`), h("ol", {}, ...rows));
}
