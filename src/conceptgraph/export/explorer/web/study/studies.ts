// A study path in words (study/render.py), and as Markdown.

import type { Columns } from "../data";
import { sentenceOf } from "../quotes";
import { coreOf, rowsOf, shelfOf, type Shelf } from "./readings";
import { Needs, reasonOf } from "./needs";
import type { Goal, Library, Step, StudyPath } from "./path";

/** In more sections than this, the whole article is to be read. */
const SECTIONS = 4;
/** Up to so many steps from a goal a gap is defined in Markdown; those farther off are only named. */
const NEAR = 1;
/** How many concepts are named in "skip if you know …". */
const NAMED = 5;

/** What study paths are made from and spoken of with. */
export class Studies implements Library {
  readonly needs: Needs;
  readonly shelf: Shelf;

  private readonly number: Map<string, number>;
  private readonly often = new Map<string, number>();

  constructor(readonly data: Columns) {
    this.needs = new Needs(data);
    this.shelf = shelfOf(data);
    this.number = new Map(this.needs.ids.map((id, i) => [id, i]));
    for (const title of data.articles.title) this.often.set(title, (this.often.get(title) ?? 0) + 1);
  }

  /** The goal that a reference like `concept:id` names; null for none. */
  goalAt(ref: string): Goal | null {
    const article = ref.startsWith("article:") ? this.data.articles.id.indexOf(ref.slice(8)) : -1;
    const concept = this.number.get(ref.replace(/^concept:/, ""));
    if (article >= 0) return { article };
    return concept === undefined ? null : { concept };
  }

  /** Concepts with these ids, as far as there are any. */
  concepts(ids: Iterable<string>): number[] {
    return [...ids].flatMap((id) => this.number.get(id) ?? []);
  }

  name(concept: number): string {
    return this.needs.names[concept]!;
  }

  names(concepts: number[]): string {
    return concepts.map((i) => this.name(i)).join(", ");
  }

  /** An article's title; where several are called the same, with its id. */
  title(article: number): string {
    const title = this.data.articles.title[article]!;
    return this.often.get(title) === 1 ? title : `${title} (${this.data.articles.id[article]!})`;
  }

  /** Concepts that goals stand for: an article's are what it is about. */
  aims(goals: Goal[]): number[] {
    return goals.flatMap((goal) => ("article" in goal ? coreOf(this.shelf, goal.article) : [goal.concept]));
  }

  goal(goal: Goal): string {
    return "article" in goal ? this.title(goal.article) : this.name(goal.concept);
  }

  /** "B needs A: because", for an edge. */
  reason(edge: number): string {
    const [one, other] = [this.name(this.needs.source(edge)), this.name(this.needs.to[edge]!)];
    const said = `${one} needs ${other}`;
    const why = reasonOf(this.data, edge, one, other);
    return why ? `${said}: ${why}` : `${said}.`;
  }

  why(step: Step): string[] {
    return step.isGoal ? [`It ${step.explained ? "explains" : "speaks of"} ${this.name(step.main)}, which you want to understand.`] : step.chain.map((edge) => this.reason(edge));
  }

  quote(step: Step): string {
    const row = rowsOf(this.shelf, step.article).find((row) => this.shelf.concept[row] === step.main);
    return row === undefined ? "" : sentenceOf(this.data, step.article, row);
  }

  /** Headings below which the step's concepts stand twice or more. */
  sections(step: Step): string[] {
    const { headings, places } = this.data.study;
    const found = (headings[step.article] ?? []).filter((_, section) => {
      const here = places[step.article]![section]!;
      return here.filter((i) => step.concepts.includes(i)).length >= 2;
    });
    return found.length <= SECTIONS ? found : [];
  }

  skipIf(step: Step): number[] {
    return step.concepts.slice(0, NAMED);
  }

  note(path: StudyPath): string {
    if (!path.concepts.length) return `${path.goals.map((goal) => this.goal(goal)).join(", ")}: known already`;
    if (path.steps.length) return "";
    if (path.budget === null || !path.least) return "no article explains what is needed; the definitions of the gaps are all there is";
    const few = path.budget === 1 ? "1 minute is" : `${path.budget} minutes are`;
    return `${few} too few for any article; the shortest that helps takes ${path.least}`;
  }

  heading(path: StudyPath): string {
    return `A way to ${path.goals.map((goal) => this.goal(goal)).join(", ")}`;
  }

  summary(path: StudyPath): string {
    const note = this.note(path);
    if (note) return `${note[0]!.toUpperCase()}${note.slice(1)}.`;
    const of = path.budget === null ? "" : ` of the ${path.budget} you have`;
    const needed = path.concepts.length === 1 ? "1 concept is needed" : `${path.concepts.length} concepts are needed`;
    const gaps = path.gaps.length ? `, ${path.gaps.length} of them explained in no article` : "";
    return `${many(path.steps.length, "article")}, ${many(path.minutes, "minute")}${of}; ${needed}${gaps}.`;
  }

  /** With a box to tick for each step; ticked where the article was read. */
  markdown(path: StudyPath, read: (article: number) => boolean): string {
    const names = (concepts: number[]) => concepts.map((i) => escaped(this.name(i))).join(", ");
    const lines = [`# ${escaped(this.heading(path))}`, "", this.summary(path), "", MARK, ""];
    path.steps.forEach((step, at) => {
      const [sections, quote] = [this.sections(step), this.quote(step)];
      lines.push(`${at + 1}. [${read(step.article) ? "x" : " "}] **${escaped(this.title(step.article))}** (${step.minutes} min)`);
      if (sections.length) lines.push(`   - Sections: ${sections.map(escaped).join(", ")}`);
      lines.push(`   - ${does(step)} ${names(step.concepts)}.`, ...this.why(step).map((sentence) => `   - ${escaped(sentence)}`));
      if (quote) lines.push(`   - > ${escaped(quote)}`);
      if (step.unlocks.length) lines.push(`   - Opens the way to ${names(step.unlocks)}.`);
      if (step.alternatives.length) lines.push(`   - Or read: ${step.alternatives.map((article) => escaped(this.title(article))).join(", ")}`);
    });
    if (path.gaps.length) {
      const gaps = (near: boolean) => path.gaps.filter(({ distance }) => distance <= NEAR === near).map(({ concept }) => concept);
      const far = gaps(false);
      lines.push("", "## No article explains", "", ...gaps(true).map((i) => `- **${escaped(this.name(i))}**: ${escaped(this.needs.definitions[i]!)}`));
      if (far.length) lines.push(`- Farther from the goal: ${names(far)}`);
    }
    if (path.cut.length) lines.push("", "## Left out for lack of time", "", ...path.cut.map((cut) => `- ${escaped(this.title(cut.article))} (${cut.minutes} min): ${names(cut.concepts)}`));
    return `${lines.join("\n")}\n`;
  }
}

/** By it the next build knows that the file is no article; Markdown does not show it. */
const MARK = "[//]: # (generator: conceptgraph)";

/** What a step does to its concepts, to begin a line with. */
export const does = (step: Step): string => (step.explained ? "Teaches" : "Speaks of");

const many = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

/** A text as Markdown shows it to the letter, on one line. */
const escaped = (text: string): string => text.split(/\s+/).filter(Boolean).join(" ").replace(/[\\`*_[\]<>#|]/g, "\\$&");
