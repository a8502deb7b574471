// What the map leaves out: kinds, weak links, dates, what is known. Filters never move a node.

import type { App } from "./app";
import { byId, counted, h } from "./dom";
import { icon } from "./panel/parts";
import { isArticle } from "./graph";
import { months } from "./visible";
import { SHOWS, START, type Show } from "./state";

const SHOWN: Record<Show, string> = {
  all: "All concepts", vocabulary: "Only those in the vocabulary", new: "Only new ones", familiar: "Only those I know", unfamiliar: "Only those I don't know",
};

/** How many filters hold. */
export function active(app: App): number {
  const { hidden, weight, from, to, articles, show, within } = app.state;
  return hidden.length + [weight > 0, from || to, !articles, show !== "all", within >= 0].filter(Boolean).length;
}

export function legend(app: App): void {
  const { graph, state } = app;
  const counts = new Map<number, number>();
  for (let i = 0; i < graph.size; i++) counts.set(graph.kind[i]!, (counts.get(graph.kind[i]!) ?? 0) + 1);
  const buttons = graph.data.kinds.flatMap(([id, , , name], kind) => {
    if (!counts.has(kind)) return [];
    const article = id === "article";
    const shown = article ? state.articles : !state.hidden.includes(id);
    const toggle = () => app.go(article ? { articles: !shown } : { hidden: shown ? [...state.hidden, id] : state.hidden.filter((other) => other !== id) });
    return [h("button", { type: "button", class: "kind", "data-kind": id, "aria-pressed": String(shown), title: `${shown ? "Hide" : "Show"} ${counted(counts.get(kind)!, "of this kind", "of this kind")}`, onclick: toggle }, icon(graph, kind), name)];
  });
  const focused = (document.activeElement as HTMLElement | null)?.dataset?.["kind"];
  byId("legend").replaceChildren(...buttons);
  if (focused) byId("legend").querySelector<HTMLElement>(`[data-kind="${CSS.escape(focused)}"]`)?.focus();
}

export class Filters {
  private readonly weight = byId<HTMLInputElement>("weight");
  private readonly show = byId<HTMLSelectElement>("show");
  private readonly within = byId<HTMLSelectElement>("within");
  private readonly range = [byId<HTMLInputElement>("date-from"), byId<HTMLInputElement>("date-to")] as const;
  private readonly all: { month: string; count: number }[];

  constructor(private app: App) {
    this.all = months(app.graph);
    this.show.append(...SHOWS.map((show) => h("option", { value: show }, SHOWN[show])));
    this.within.append(h("option", { value: "-1" }, "All topics"), ...app.graph.data.communities.map((name, i) => h("option", { value: i }, name)));
    this.weight.addEventListener("input", () => app.go({ weight: Number(this.weight.value) }, true));
    this.show.addEventListener("change", () => app.go({ show: this.show.value as Show }));
    this.within.addEventListener("change", () => app.go({ within: Number(this.within.value) }));
    byId("reset").addEventListener("click", () => app.go({ ...START, place: app.state.place, hops: app.state.hops }));
    for (const slider of this.range) {
      slider.max = String(Math.max(0, this.all.length - 1));
      slider.addEventListener("input", () => this.dates(slider));
    }
    byId("dates").hidden = this.all.length < 2;
    this.histogram();
  }

  private histogram(): void {
    const most = Math.max(1, ...this.all.map(({ count }) => count));
    byId("histogram").replaceChildren(...this.all.map(({ month, count }) => {
      const made = h("span", { title: `${month}: ${counted(count, "article")}` });
      made.style.height = `${Math.round((100 * count) / most)}%`;
      return made;
    }));
  }

  private dates(moved: HTMLInputElement): void {
    const [low, high] = this.range;
    if (Number(low.value) > Number(high.value)) (moved === low ? high : low).value = moved.value;
    const [from, to] = [this.all[Number(low.value)]!, this.all[Number(high.value)]!];
    const last = this.all.length - 1;
    this.app.go({ from: Number(low.value) > 0 ? `${from.month}-01` : "", to: Number(high.value) < last ? `${to.month}-31` : "" }, true);
  }

  update(): void {
    const { app } = this;
    const { state, graph, visible } = app;
    this.weight.value = String(state.weight);
    this.show.value = state.show;
    this.within.value = String(state.within);
    this.position(state.from, state.to);
    let [concepts, articles] = [0, 0];
    for (let i = 0; i < graph.size; i++) if (visible.node[i]) isArticle(graph, i) ? articles++ : concepts++;
    byId("shown").textContent = `${counted(concepts, "concept")} and ${counted(articles, "article")} shown`;
    byId("weight-value").textContent = state.weight ? `${state.weight} of 100 or more` : "all";
    const count = active(app);
    byId("filter-count").textContent = count ? String(count) : "";
    byId("reset").toggleAttribute("disabled", !count);
  }

  private position(from: string, to: string): void {
    const last = this.all.length - 1;
    const at = (date: string, otherwise: number) => {
      const found = this.all.findIndex(({ month }) => month >= date.slice(0, 7));
      return date ? (found < 0 ? last : found) : otherwise;
    };
    const [low, high] = [at(from, 0), at(to, last)];
    this.range[0].value = String(low);
    this.range[1].value = String(high);
    [...byId("histogram").children].forEach((bar, i) => bar.classList.toggle("out", i < low || i > high));
    const said = [this.all[low]?.month ?? "", this.all[high]?.month ?? ""];
    this.range.forEach((slider, i) => slider.setAttribute("aria-valuetext", said[i]!));
    byId("date-value").textContent = from || to ? said.join(" to ") : "all";
  }
}
