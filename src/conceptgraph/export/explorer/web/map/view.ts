// The map as the rest of the page sees it: show a scene, fly to nodes, say what was pointed at.

import { nameOf, type Graph } from "../graph";
import { between, boxOf, clamped, filling, fitting, toScreen, toWorld, zoomed, type Box, type Camera, type Size } from "./camera";
import type { Rect } from "./declutter";
import type { Placed } from "./draw";
import { edgeAt, Grid } from "./grid";
import { listen } from "./input";
import { drawNumbers, numberedAt, RADIUS } from "./numbers";
import { Painter } from "./painter";
import { radiusOf, type Scene } from "./scene";

const FLIGHT = 320;
const MOST = 160;
const MARGIN = 48;
const CLOSE = 62;
/** Pixels that the legend takes: rows of it, or on a phone one row that scrolls. */
const FOOT = 56;
const FOOT_OF_PHONE = 30;
/** Pixels from the top that the buttons take. */
const TOOLS = 52;

export interface MapEvents {
  choose(node: number): void;
  chooseEdge(edge: number): void;
  leave(): void;
  /** The window has got a size, after something was shown. */
  sized(): void;
}

export class MapView {
  private readonly painter: Painter;
  private scene: Scene | null = null;
  private grid: Grid | null = null;
  private size: Size = { width: 1, height: 1 };
  private hovered = -1;
  private flight = 0;
  private least = 1;
  private stretched = false;

  constructor(readonly canvas: HTMLCanvasElement, private events: MapEvents) {
    this.painter = new Painter(canvas);
    this.painter.overlay = (ctx) => {
      if (this.scene) drawNumbers(ctx, this.scene, this.camera, this.size);
      this.hover(ctx);
    };
    this.painter.wholeCamera = () => this.home();
    this.painter.covered = () => this.covered();
    new ResizeObserver(() => this.measure()).observe(canvas.parentElement!);
    listen(canvas, {
      pan: (dx, dy) => this.pan(dx, dy),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      point: (x, y) => this.point(x, y),
      click: (x, y, reach) => this.click(x, y, reach),
    });
    this.measure();
  }

  get camera(): Camera {
    return this.painter.camera;
  }

  get exact(): boolean {
    return this.painter.exact;
  }

  /** Take the size that the page gives to the map. */
  measure(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas.parentElement!;
    if (!width || !height || (width === this.size.width && height === this.size.height)) return;
    const first = this.size.width === 1;
    this.size = { width, height };
    this.painter.resize(width, height, window.devicePixelRatio || 1);
    if (!first || !this.scene) return;
    this.events.sized();
    this.painter.camera = this.home();
  }

  /**
   * Draw the graph out to fill the window, once: a map that changed its shape with every panel would be a stranger.
   * Distances only grow, so that no node comes to lie upon another.
   */
  stretch({ ranked, x, y }: Graph): void {
    if (this.stretched || this.size.width === 1) return;
    this.stretched = true;
    const [across, down] = filling(boxOf(ranked, x, y), this.size, this.margin, this.foot, this.head);
    x.forEach((at, i) => { x[i] = at * across; });
    y.forEach((at, i) => { y[i] = at * down; });
  }

  private get foot(): number {
    return matchMedia("(max-width: 760px), (max-height: 560px)").matches ? FOOT_OF_PHONE : FOOT;
  }

  /** Where controls lie over the map. */
  private covered(): Rect[] {
    const { left, top } = this.canvas.getBoundingClientRect();
    return [...this.canvas.parentElement!.querySelectorAll(".tools > *, .legend > *, .filters:not([hidden])")].map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return { x: x - left, y: y - top, width, height };
    });
  }

  private get margin(): number {
    return Math.min(MARGIN, this.size.width / 14);
  }

  private get head(): number {
    return Math.max(0, TOOLS - this.margin);
  }

  show(scene: Scene): void {
    const first = !this.scene;
    this.scene = scene;
    this.grid = new Grid(scene.graph, scene.visible.nodes);
    const home = this.home();
    this.least = home.k / 2;
    if (first) this.painter.camera = home;
    this.hovered = -1;
    this.painter.show(scene);
  }

  private box({ graph }: Scene): Box {
    return boxOf(graph.ranked, graph.x, graph.y);
  }

  /** The camera that has all of the graph in the window. */
  home(): Camera {
    if (!this.scene) return this.painter.camera;
    return fitting(this.box(this.scene), this.size, this.margin, CLOSE, this.foot, this.head);
  }

  fit(nodes?: Iterable<number>, still = false): void {
    if (!this.scene) return;
    const { graph } = this.scene;
    const some = nodes && [...nodes];
    if (some && !some.length) return;
    if (!some) return this.fly(this.home(), still);
    const margin = Math.min(90, this.size.width / 6, this.size.height / 6);
    // A number stands above what it counts.
    const head = Math.max(0, TOOLS + 2 * RADIUS - margin);
    this.fly(fitting(boxOf(some, graph.x, graph.y), this.size, margin, CLOSE, this.foot, head), still);
  }

  /** Bring a node into the window's inner part, without moving when it is there. */
  reveal(node: number): void {
    if (!this.scene) return;
    const { graph } = this.scene;
    const [x, y] = toScreen(this.camera, this.size, graph.x[node]!, graph.y[node]!);
    const { width, height } = this.size;
    const inside = x > 0.15 * width && x < 0.85 * width && y > 0.15 * height && y < 0.85 * height;
    const k = Math.max(this.camera.k, Math.min(CLOSE, 0.6 * CLOSE));
    if (!inside || this.camera.k < 0.35 * CLOSE) this.fly(clamped({ x: graph.x[node]!, y: graph.y[node]!, k }, this.box(this.scene), this.size, 0.2 * Math.min(width, height), this.foot));
  }

  private fly(goal: Camera, still = false): void {
    cancelAnimationFrame(this.flight);
    const from = this.camera;
    const from_ = performance.now();
    if (still || matchMedia("(prefers-reduced-motion: reduce)").matches) return this.painter.move(goal);
    const step = (now: number): void => {
      const t = Math.min(1, Math.max(0, (now - from_) / FLIGHT));
      this.painter.move(t < 1 ? between(from, goal, t) : goal);
      if (t < 1) this.flight = requestAnimationFrame(step);
    };
    this.flight = requestAnimationFrame(step);
  }

  pan(dx: number, dy: number): void {
    cancelAnimationFrame(this.flight);
    const { x, y, k } = this.camera;
    this.painter.move({ x: x - dx / k, y: y - dy / k, k });
  }

  zoom(factor: number, x = this.size.width / 2, y = this.size.height / 2): void {
    cancelAnimationFrame(this.flight);
    this.painter.move(zoomed(this.camera, this.size, factor, x, y, this.least, MOST));
  }

  nodeAt(x: number, y: number, reach: number): number {
    if (!this.scene || !this.grid) return -1;
    const { k } = this.camera;
    const scene = this.scene;
    const numbered = numberedAt(scene, this.camera, this.size, x, y);
    if (numbered >= 0) return numbered;
    const [wx, wy] = toWorld(this.camera, this.size, x, y);
    const found = this.grid.at(wx, wy, reach / k, (node) => radiusOf(scene, node, k) / k);
    return found >= 0 ? found : this.labelAt(x, y);
  }

  private labelAt(x: number, y: number): number {
    if (!this.exact) return -1;
    const under = ({ rows, size, ...at }: Placed): boolean =>
      Math.abs(x - at.x) < (Math.max(...rows.map((row) => row.length)) * size) / 4 && y > at.y - 2 && y < at.y + rows.length * size * 1.2 + 2;
    return this.painter.labels.find((label) => label.node >= 0 && under(label))?.node ?? -1;
  }

  private point(x: number, y: number): void {
    const node = this.nodeAt(x, y, 5);
    if (node === this.hovered) return;
    this.hovered = node;
    this.canvas.style.cursor = node < 0 ? "grab" : "pointer";
    this.painter.ask();
  }

  private click(x: number, y: number, reach: number): void {
    const node = this.nodeAt(x, y, reach);
    if (node >= 0) return this.events.choose(node);
    const [wx, wy] = toWorld(this.camera, this.size, x, y);
    const { lit, visible, graph } = this.scene!;
    const edge = edgeAt(graph, lit ? lit.edges : visible.edges, wx, wy, (reach * 0.8) / this.camera.k);
    // Without a selection links are a web, in which nobody means one.
    if (edge >= 0 && lit) return this.events.chooseEdge(edge);
    this.events.leave();
  }

  /** The name of what is pointed at, and a ring. */
  private hover(ctx: CanvasRenderingContext2D): void {
    const scene = this.scene;
    if (!scene || this.hovered < 0) return;
    const { theme, graph } = scene;
    const [x, y] = toScreen(this.camera, this.size, graph.x[this.hovered]!, graph.y[this.hovered]!);
    const radius = radiusOf(scene, this.hovered, this.camera.k);
    ctx.strokeStyle = theme.ink;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.arc(x, y, radius * 1.2 + 3, 0, 2 * Math.PI);
    ctx.stroke();
    ctx.font = "600 13px system-ui, sans-serif";
    const name = nameOf(graph, this.hovered);
    const width = ctx.measureText(name).width + 16;
    const left = Math.min(Math.max(4, x - width / 2), this.size.width - width - 4);
    const top = y - radius - 36 > 4 ? y - radius - 36 : y + radius + 12;
    ctx.fillStyle = theme.ink;
    ctx.beginPath();
    ctx.roundRect(left, top, width, 25, 6);
    ctx.fill();
    ctx.fillStyle = theme.ground;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillText(name, left + 8, top + 13);
  }

  /** Where the map's keys lead from a node: the neighbour that lies most in a direction. */
  toward(from: number, candidates: number[], dx: number, dy: number): number {
    const { x, y } = this.scene!.graph;
    let best = -1;
    let least = Infinity;
    for (const node of candidates) {
      const [vx, vy] = [x[node]! - x[from]!, y[node]! - y[from]!];
      const ahead = vx * dx + vy * dy;
      const aside = Math.abs(vx * dy - vy * dx);
      if (ahead > 0 && aside <= 1.8 * ahead && ahead + 2 * aside < least) [best, least] = [node, ahead + 2 * aside];
    }
    return best;
  }

  /** The most important node near the middle of the window. */
  middle(): number {
    const { graph, visible } = this.scene!;
    let best = -1;
    for (const node of visible.nodes) {
      const [x, y] = toScreen(this.camera, this.size, graph.x[node]!, graph.y[node]!);
      const inside = Math.abs(x - this.size.width / 2) < this.size.width / 3 && Math.abs(y - this.size.height / 2) < this.size.height / 3;
      if (inside && (best < 0 || graph.importance[node]! > graph.importance[best]!)) best = node;
    }
    return best;
  }

  get window(): Size {
    return this.size;
  }
}
