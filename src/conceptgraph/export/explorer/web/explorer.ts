// The page as a whole: one state, from which map, panel, filters and address follow.

import type { App } from "./app";
import { Combo } from "./combo";
import { byId, h } from "./dom";
import { csvOf, jsonOf, savePng, svgOf } from "./exports";
import { Filters, legend } from "./filters";
import { edgesBetween, isArticle, nameOf, neighbours, network, refOf, type Graph } from "./graph";
import { KEYS, listenToKeys, listenToMapKeys } from "./keys";
import { Known } from "./known";
import { regionsOf, type Scene } from "./map/scene";
import { DARK, LIGHT } from "./map/theme";
import { MapView } from "./map/view";
import { article } from "./panel/article";
import { concept } from "./panel/concept";
import { link } from "./panel/link";
import { community, overview } from "./panel/overview";
import { nodeIcon } from "./panel/parts";
import { path, submit } from "./panel/path";
import { study } from "./panel/study";
import { reader } from "./panel/reader";
import { bestPaths, type Net, type Path } from "./paths";
import { save } from "./save";
import { makeIndex, search, type Hit, type Index } from "./search";
import { fromHash, parent, START, toHash, type Place, type State, type Study } from "./state";
import { emphasis } from "./study/emphasis";
import { studyPath, type StudyPath } from "./study/path";
import { Studies } from "./study/studies";
import { isDark, themeSwitch } from "./theme_switch";
import { around, visible, type Emphasis, type Visible } from "./visible";

const TITLE = "Concept map";

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const focusable = (within: HTMLElement): HTMLElement[] => [...within.querySelectorAll<HTMLElement>("button, a, input:not([hidden])")];

export class Explorer implements App {
  state: State = START;
  visible: Visible;
  known = new Known(storage());
  read = new Known(storage(), "read");
  study: StudyPath | null = null;
  private made: Studies | null = null;
  paths: Path[] = [];
  chosenPath = 0;
  private readonly map: MapView;
  private readonly filters: Filters;
  private readonly finder: Combo;
  private index: Index | null = null;
  private net: Net | null = null;
  private scene!: Scene;
  private walked = -1;
  private recording = 0;

  constructor(readonly graph: Graph) {
    this.visible = visible(graph, START, this.known.ids, -1);
    this.map = new MapView(byId<HTMLCanvasElement>("canvas"), {
      choose: (node) => this.goNode(node),
      chooseEdge: (edge) => this.go({ place: { at: "link", a: refOf(graph, graph.a[edge]!), b: refOf(graph, graph.b[edge]!) } }),
      leave: () => { if (this.state.place.at !== "overview" && !this.study) this.go({ place: { at: "overview" }, hops: 0 }); },
      sized: () => this.draw(),
    });
    this.filters = new Filters(this);
    this.finder = new Combo(byId<HTMLInputElement>("search"), byId("results"), {
      find: (query) => this.search(query),
      option: (hit) => this.option(hit),
      choose: (node) => {
        byId<HTMLInputElement>("search").value = "";
        this.goNode(node);
      },
      say: (text) => this.say(text),
    });
  }

  begin(): void {
    themeSwitch(() => this.draw());
    this.state = fromHash(location.hash);
    this.render(true);
    addEventListener("popstate", () => this.follow());
    addEventListener("hashchange", () => this.follow());
    this.buttons();
    listenToKeys(this.commands());
    listenToMapKeys(this.map.canvas, {
      go: (dx, dy) => this.walk(dx, dy),
      pan: (dx, dy) => this.map.pan(dx, dy),
      next: (step) => this.nextNeighbour(step),
      enter: () => this.toDetails(),
    });
    if (location.hash.length < 2) byId("search").focus({ preventScroll: true });
  }

  // What others ask of the page.

  go(change: Partial<State>, replace = false): void {
    const before = toHash(this.state);
    const { place, hops } = this.state;
    this.state = { ...this.state, ...change };
    const after = toHash(this.state);
    if (after !== before) this.record(after, replace);
    const refined = place.at === "study" && change.place?.at === "study";
    this.render(change.place !== undefined && change.place !== place && !refined);
    if (refined) this.afresh();
    if (change.place === undefined && this.state.hops !== hops) this.move();
  }

  /** The study path is another one. */
  private afresh(): void {
    this.move();
    if (this.study) this.say(this.studies.summary(this.study));
  }

  goNode(node: number): void {
    const place: Place = { at: "node", node: refOf(this.graph, node) };
    // A node that the filters hide is shown all the same; its neighbourhood alone stays so around the next.
    this.go({ place });
    if (!this.map.canvas.contains(document.activeElement)) this.toDetails();
  }

  choosePath(number: number): void {
    this.chosenPath = number;
    this.draw();
    this.panel(false);
  }

  knowing(): void {
    const before = this.study?.concepts.length;
    this.render(false);
    if (this.study && before !== this.study.concepts.length) this.afresh();
  }

  get studies(): Studies {
    this.made ??= new Studies(this.graph.data);
    return this.made;
  }

  search(query: string): Hit[] {
    this.index ??= this.makeIndex();
    return search(this.index, query);
  }

  say(text: string): void {
    byId("live").textContent = text;
  }

  // Address.

  private record(hash: string, replace: boolean): void {
    const address = hash === "#" ? location.pathname + location.search : hash;
    clearTimeout(this.recording);
    if (!replace) history.pushState(null, "", address);
    // Browsers refuse too many changes in a row, as a slider makes them.
    else this.recording = window.setTimeout(() => history.replaceState(null, "", address), 150);
  }

  private follow(): void {
    const state = fromHash(location.hash);
    if (toHash(state) === toHash(this.state)) return;
    this.state = state;
    this.render(true);
  }

  // From the state to what is seen.

  private at(ref: string): number {
    return this.graph.byRef.get(ref) ?? -1;
  }

  /** The node that the place is about; -1 for none. */
  private get selected(): number {
    const { place } = this.state;
    return place.at === "node" || place.at === "read" ? this.at(place.node) : -1;
  }

  private render(moved: boolean): void {
    if (moved) this.chosenPath = 0;
    const { place } = this.state;
    // Views share the page out differently; what is flown to must fit what the map gets.
    document.documentElement.dataset["view"] = place.at;
    this.map.measure();
    this.paths = place.at === "path" && place.a && place.b ? this.findPaths(this.at(place.a), this.at(place.b)) : [];
    this.study = place.at === "study" ? this.findStudy(place) : null;
    this.visible = visible(this.graph, this.state, this.known.ids, this.selected);
    this.draw();
    if (moved) this.move();
    this.panel(moved);
    this.filters.update();
    legend(this);
  }

  private findPaths(a: number, b: number): Path[] {
    return a < 0 || b < 0 ? [] : bestPaths((this.net ??= network(this.graph)), a, b, 3);
  }

  private findStudy({ goals: refs, minutes, without, strict }: Study): StudyPath | null {
    const goals = refs.flatMap((ref) => this.studies.goalAt(ref) ?? []);
    const articles = this.graph.data.articles.id.flatMap((id, i) => (without.includes(id) ? [i] : []));
    if (!goals.length) return null;
    return studyPath(this.studies, goals, { known: this.studies.concepts(this.known.ids), strict, minutes: minutes || null, without: new Set(articles) });
  }

  private lit(): { lit: Emphasis | null; path: number[]; numbered?: number[]; chosen?: number[] } {
    const { place } = this.state;
    const found = this.paths[this.chosenPath];
    if (found) return { lit: { nodes: new Set(found.nodes), edges: found.edges }, path: found.nodes };
    if (this.study) return { ...emphasis(this.graph, this.study), path: [] };
    if (place.at === "link") {
      const [a, b] = [this.at(place.a), this.at(place.b)];
      if (a >= 0 && b >= 0) return { lit: { nodes: new Set([a, b]), edges: edgesBetween(this.graph, a, b) }, path: [a, b] };
    }
    if (place.at === "community") {
      const nodes = new Set([...this.visible.nodes].filter((node) => this.graph.community[node] === place.number));
      return { lit: { nodes, edges: [...this.visible.edges].filter((e) => nodes.has(this.graph.a[e]!) && nodes.has(this.graph.b[e]!)) }, path: [] };
    }
    return { lit: this.selected >= 0 ? around(this.graph, this.visible, this.selected) : null, path: [] };
  }

  private draw(): void {
    const { graph } = this;
    this.map.stretch(graph);
    const known = new Uint8Array(graph.size);
    graph.data.concepts.id.forEach((id, i) => { known[i] = Number(this.known.ids.has(id)); });
    const { lit, path: nodes, numbered = [], chosen = [this.selected].filter((node) => node >= 0) } = this.lit();
    this.scene = {
      graph, visible: this.visible, lit, known, path: nodes, numbered, chosen,
      theme: isDark() ? DARK : LIGHT, regions: regionsOf(graph, this.visible),
    };
    this.map.show(this.scene);
  }

  private move(): void {
    const { place } = this.state;
    const found = this.paths[this.chosenPath];
    if (found) this.map.fit(found.nodes);
    else if (place.at === "link" || place.at === "community" || this.study) this.map.fit(this.lit().lit?.nodes ?? []);
    else if (this.selected >= 0 && this.state.hops) this.map.fit(this.visible.nodes);
    else if (this.selected >= 0) this.map.reveal(this.selected);
  }

  private panel(moved: boolean): void {
    const details = byId("details");
    const { place } = this.state;
    const inside = details.contains(document.activeElement);
    const focused = moved ? -1 : focusable(details).indexOf(document.activeElement as HTMLElement);
    const { id } = document.activeElement ?? { id: "" };
    const open = [...details.querySelectorAll("details")].map((each) => each.open);
    details.replaceChildren(...this.view(place).filter((part) => part !== null));
    // What was made anew in the same place keeps the keyboard's focus.
    if (!moved) details.querySelectorAll("details").forEach((each, i) => { each.open = open[i] ?? false; });
    const same = id ? document.getElementById(id) : focusable(details)[focused];
    if (focused >= 0) same?.focus({ preventScroll: true });
    const name = this.named(place);
    document.title = name ? `${name} – ${TITLE}` : `${TITLE}: ${this.counts()}`;
    if (!moved) return;
    details.scrollTop = 0;
    // What had the keyboard's focus is gone; where one was sent to is what comes next.
    if (inside) this.toDetails();
    if (name) this.say(name);
  }

  private counts(): string {
    return `${this.graph.size - this.graph.concepts} articles, ${this.graph.concepts} concepts`;
  }

  private view(place: Place): (HTMLElement | null)[] {
    const { graph } = this;
    if (place.at === "path") return path(this, this.at(place.a), this.at(place.b));
    if (place.at === "study") return study(this, place);
    if (place.at === "community") return graph.data.communities[place.number] === undefined ? this.missing() : community(this, place.number);
    if (place.at === "link") {
      const [a, b] = [this.at(place.a), this.at(place.b)];
      return a < 0 || b < 0 ? this.missing() : link(this, a, b);
    }
    if (place.at === "overview") return overview(this);
    const node = this.selected;
    if (node < 0) return this.missing();
    if (place.at === "read") return reader(this, node);
    return isArticle(graph, node) ? article(this, node) : concept(this, node);
  }

  /** A link from elsewhere may name what this graph does not have. */
  private missing(): (HTMLElement | null)[] {
    return [h("p", { class: "note", role: "alert" }, "What the address names is not in this graph (any more)."), ...overview(this)];
  }

  private named(place: Place): string {
    const name = (ref: string) => (this.at(ref) < 0 ? "?" : nameOf(this.graph, this.at(ref)));
    switch (place.at) {
      case "overview": return "";
      case "community": return this.graph.data.communities[place.number] ?? "";
      case "path": return place.a && place.b ? `${name(place.a)} → ${name(place.b)}` : "Find a path";
      case "study": return this.study ? `Study path to ${this.study.goals.map((goal) => this.studies.goal(goal)).join(", ")}` : "Make a study path";
      case "link": return `${name(place.a)} – ${name(place.b)}`;
      default: return this.selected < 0 ? "" : name(place.node);
    }
  }

  // Search.

  private makeIndex(): Index {
    const { graph } = this;
    const { labels } = graph.data.concepts;
    return makeIndex(Array.from(graph.ranked).flatMap((node) => {
      const importance = graph.importance[node]!;
      const names = isArticle(graph, node) ? [] : labels[node]!;
      return [{ node, name: nameOf(graph, node), preferred: true, importance }, ...names.map((name) => ({ node, name, preferred: false, importance }))];
    }));
  }

  private option(hit: Hit): Node[] {
    const { graph } = this;
    const name = nameOf(graph, hit.node);
    const also = hit.name === name ? graph.data.kinds[graph.kind[hit.node]!]![3] : `as “${hit.name}”`;
    return [nodeIcon(graph, hit.node), h("span", { class: "name" }, name), h("span", { class: "aside" }, also)];
  }

  // Buttons and keys.

  private buttons(): void {
    const on = (id: string, does: () => void) => byId(id).addEventListener("click", does);
    const seen = () => ({ camera: this.map.camera, size: this.map.window });
    on("home", () => { this.go({ ...START }); this.map.fit(); });
    on("find-path", () => this.toPath());
    on("make-study", () => this.toStudy());
    on("zoom-in", () => this.map.zoom(1.5));
    on("zoom-out", () => this.map.zoom(1 / 1.5));
    on("fit", () => this.map.fit(this.state.hops || this.state.within >= 0 ? this.visible.nodes : undefined));
    on("filters-button", () => this.toFilters());
    on("help", () => this.help());
    on("export-png", () => void savePng(this.scene, seen()));
    on("export-svg", () => save("concept-map.svg", svgOf(this.scene, seen()), "image/svg+xml"));
    on("export-csv", () => save("concept-map.csv", csvOf(this), "text/csv"));
    on("export-json", () => save("concept-map.json", jsonOf(this), "application/json"));
    byId("keys").replaceChildren(...KEYS.map(([keys, does]) => h("div", {}, h("dt", {}, ...keys.split(" ").map((key) => (/^(\+|or)$/.test(key) && keys.includes("Shift") ? key : h("kbd", {}, key)))), h("dd", {}, does))));
  }

  private commands() {
    return {
      search: () => { byId("search").focus(); byId<HTMLInputElement>("search").select(); },
      escape: () => this.escape(),
      map: () => this.map.canvas.focus(),
      details: () => this.toDetails(),
      path: () => this.toPath(),
      study: () => this.toStudy(),
      filters: () => this.toFilters(),
      help: () => this.help(),
      hops: (count: number) => { if (this.selected >= 0) this.go({ hops: this.state.hops === count ? 0 : count }); },
      zoom: (factor: number) => this.map.zoom(factor),
      fit: () => this.map.fit(),
    };
  }

  private escape(): void {
    if (this.finder.isOpen) return this.finder.close();
    if (!byId("filters").hidden) return this.toFilters();
    if (this.state.place.at !== "overview" || this.state.hops) this.go(parent(this.state));
  }

  private help(): void {
    byId<HTMLDialogElement>("help-dialog").showModal();
  }

  private toFilters(): void {
    const filters = byId("filters");
    filters.hidden = !filters.hidden;
    byId("filters-button").setAttribute("aria-expanded", String(!filters.hidden));
    if (filters.hidden) byId("filters-button").focus();
    else byId("weight").focus();
    this.draw(); // names keep clear of what lies over the map
  }

  private toPath(): void {
    const { place } = this.state;
    if (place.at !== "path") {
      const a = place.at === "node" || place.at === "read" ? place.node : place.at === "link" ? place.a : "";
      this.go({ place: { at: "path", a, b: place.at === "link" ? place.b : "" }, hops: 0 });
    }
    submit();
  }

  private toStudy(): void {
    const { place } = this.state;
    if (place.at !== "study") {
      const goals = place.at === "node" || place.at === "read" ? [place.node] : [];
      this.go({ place: { at: "study", goals, minutes: 0, without: [], strict: false }, hops: 0 });
    }
    if (this.study) this.toDetails();
    else byId("study-goal").focus();
  }

  private toDetails(): void {
    byId("details").querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  // Walking on the map.

  private walk(dx: number, dy: number): void {
    const { selected, graph } = this;
    if (selected < 0) return this.start();
    const near = neighbours(graph, selected, (edge) => this.visible.edge[edge] === 1);
    const next = this.map.toward(selected, near, dx, dy);
    if (next >= 0) this.step(next);
    else this.say("no neighbour that way");
  }

  private nextNeighbour(step: number): void {
    const { selected, graph } = this;
    if (selected < 0) return this.start();
    const centre = this.walked >= 0 && neighbours(graph, this.walked).includes(selected) ? this.walked : selected;
    const near = neighbours(graph, centre, (edge) => this.visible.edge[edge] === 1);
    const at = near.indexOf(selected);
    const next = near[at < 0 ? (step > 0 ? 0 : near.length - 1) : (at + step + near.length) % near.length];
    if (next === undefined) return this.say("no neighbours");
    this.step(next);
    this.walked = centre;
  }

  private start(): void {
    const node = this.map.middle();
    if (node >= 0) this.step(node);
  }

  private step(node: number): void {
    this.walked = -1;
    this.go({ place: { at: "node", node: refOf(this.graph, node) } }, this.selected >= 0);
  }

  get exact(): boolean {
    return this.map.exact;
  }
}
