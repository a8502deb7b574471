// Draws a scene onto a canvas, a slice at a time: a generator that yields where the next frame may come in between.

import { isArticle, nameOf } from "../graph";
import { lines, Taken, type Rect } from "./declutter";
import { drawHaze, type Line } from "./haze";
import { toScreen, type Camera, type Size } from "./camera";
import { radiusOf, type Scene } from "./scene";
import { nameSprite, put, shapeSprite } from "./sprites";
import { DARK, regionColor, regionInk } from "./theme";

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
/** Links a stroke: long paths with many links are slow to rasterise. */
const BATCH = 240;
/** Beyond so many links they are added up in memory: see haze.ts. */
const MANY = 1500;
const NODE_BATCH = 300;
/** The map's own canvas for regions is this much coarser, which softens their rims. */
const COARSE = 5;

/** A name on the map: a node's, or (node -1) that of a region in its own colour. */
export interface Placed { node: number; rows: string[]; x: number; y: number; size: number; bold: boolean; color?: string }
interface View { camera: Camera; size: Size; ratio: number }

export function* draw(ctx: CanvasRenderingContext2D, scene: Scene, view: View, keep?: Placed[]): Generator<void> {
  const { size, ratio } = view;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.globalAlpha = 1;
  ctx.fillStyle = scene.theme.ground;
  ctx.fillRect(0, 0, size.width, size.height);
  drawRegions(ctx, scene, view);
  yield;
  yield* drawEdges(ctx, scene, view);
  yield* drawNodes(ctx, scene, view);
  const labels = placeLabels(ctx, scene, view);
  keep?.push(...labels);
  yield;
  yield* drawLabels(ctx, scene, labels, ratio);
}

function drawRegions(ctx: CanvasRenderingContext2D, scene: Scene, { camera, size }: View): void {
  if (scene.lit || scene.regions.length < 2) return;
  const [sum, mask] = [coarse(size), coarse(size)];
  const radius = Math.max(1.2, Math.min(70, 1.5 * camera.k) / COARSE);
  sum.globalAlpha = scene.theme.region;
  for (const region of scene.regions) {
    mask.clearRect(0, 0, mask.canvas.width, mask.canvas.height);
    mask.fillStyle = regionColor(region.number);
    mask.beginPath();
    for (const node of region.nodes) {
      const [x, y] = toScreen(camera, size, scene.graph.x[node]!, scene.graph.y[node]!);
      if (x < -80 || y < -80 || x > size.width + 80 || y > size.height + 80) continue;
      mask.moveTo(x / COARSE + radius, y / COARSE);
      mask.arc(x / COARSE, y / COARSE, radius, 0, 2 * Math.PI);
    }
    mask.fill();
    sum.drawImage(mask.canvas, 0, 0);
  }
  ctx.drawImage(sum.canvas, 0, 0, sum.canvas.width * COARSE, sum.canvas.height * COARSE);
}

function coarse(size: Size): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.ceil(size.width / COARSE), height: Math.ceil(size.height / COARSE) });
  return canvas.getContext("2d", { willReadFrequently: true })!;
}

interface Stroke { color: string; alpha: number; width: number }

function* drawEdges(ctx: CanvasRenderingContext2D, scene: Scene, view: View): Generator<void> {
  const { graph, theme, lit, visible } = scene;
  // The more links there are, the fainter each one: what is seen is where they gather.
  const crowd = Math.max(0.05, Math.min(1, (900 / Math.max(1, visible.edges.length)) ** 0.75));
  if (!lit && visible.edges.length > MANY) {
    yield* drawHaze(ctx, hazeLines(scene, view, crowd), theme.edge);
    return;
  }
  if (!lit) {
    for (const [low, high] of [[0, 0.3], [0.3, 0.6], [0.6, 2]] as const) {
      const edges = visible.edges.filter((e) => graph.strength[e]! >= low && graph.strength[e]! < high);
      const weight = (low + Math.min(1, high)) / 2;
      yield* strokeEdges(ctx, scene, view, edges, { color: theme.edge, alpha: (0.08 + 0.3 * weight) * crowd, width: 0.5 + 0.8 * weight });
    }
    return;
  }
  yield* strokeEdges(ctx, scene, view, visible.edges.length > 3000 ? [] : visible.edges, { color: theme.edge, alpha: 0.05, width: 0.6 });
  const strong = scene.path.length ? { alpha: 0.95, width: 3 } : { alpha: lit.edges.length > 150 ? 0.3 : 0.5, width: 1.2 };
  yield* strokeEdges(ctx, scene, view, lit.edges, { color: scene.path.length ? theme.accent : theme.lit, ...strong });
}

function* hazeLines({ graph, visible }: Scene, { camera, size, ratio }: View, crowd: number): Generator<Line> {
  for (const e of visible.edges) {
    const [x0, y0] = toScreen(camera, size, graph.x[graph.a[e]!]!, graph.y[graph.a[e]!]!);
    const [x1, y1] = toScreen(camera, size, graph.x[graph.b[e]!]!, graph.y[graph.b[e]!]!);
    if (Math.max(x0, x1) < 0 || Math.max(y0, y1) < 0 || Math.min(x0, x1) > size.width || Math.min(y0, y1) > size.height) continue;
    const weight = Math.min(1, graph.strength[e]!);
    const alpha = (0.08 + 0.3 * weight) * crowd * (0.5 + 0.8 * weight);
    yield { x0: x0 * ratio, y0: y0 * ratio, x1: x1 * ratio, y1: y1 * ratio, alpha };
  }
}

function* strokeEdges(ctx: CanvasRenderingContext2D, { graph }: Scene, { camera, size }: View, edges: ArrayLike<number>, stroke: Stroke): Generator<void> {
  ctx.strokeStyle = stroke.color;
  ctx.lineWidth = stroke.width;
  ctx.globalAlpha = stroke.alpha;
  ctx.beginPath();
  let count = 0;
  for (let i = 0; i < edges.length; i++) {
    const e = edges[i]!;
    const [x0, y0] = toScreen(camera, size, graph.x[graph.a[e]!]!, graph.y[graph.a[e]!]!);
    const [x1, y1] = toScreen(camera, size, graph.x[graph.b[e]!]!, graph.y[graph.b[e]!]!);
    if (Math.max(x0, x1) < 0 || Math.max(y0, y1) < 0 || Math.min(x0, x1) > size.width || Math.min(y0, y1) > size.height) continue;
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
    if (++count % BATCH === 0) {
      ctx.stroke();
      ctx.beginPath();
      yield;
    }
  }
  ctx.stroke();
}

function* drawNodes(ctx: CanvasRenderingContext2D, scene: Scene, view: View): Generator<void> {
  const { visible, lit, theme } = scene;
  if (!lit) {
    yield* fillNodes(ctx, scene, view, visible.nodes, 1);
    return;
  }
  yield* fillNodes(ctx, scene, view, visible.nodes.filter((node) => !lit.nodes.has(node)), 0.16);
  yield* fillNodes(ctx, scene, view, [...lit.nodes], 1);
  ctx.globalAlpha = 1;
  for (const node of new Set([scene.selected, ...scene.path])) {
    if (node < 0) continue;
    const [x, y] = toScreen(view.camera, view.size, scene.graph.x[node]!, scene.graph.y[node]!);
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.arc(x, y, radiusOf(scene, node, view.camera.k) * 1.25 + 4, 0, 2 * Math.PI);
    ctx.stroke();
  }
}

/** Draw nodes kind by kind. */
function* fillNodes(ctx: CanvasRenderingContext2D, scene: Scene, { camera, size, ratio }: View, nodes: ArrayLike<number>, alpha: number): Generator<void> {
  const { graph, theme } = scene;
  const rim = camera.k > 12 ? 1.2 : camera.k > 7 ? 0.5 : 0;
  ctx.globalAlpha = alpha;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  // Articles lie below: their concepts stand around them.
  for (const articles of [true, false]) {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!;
      if (isArticle(graph, node) !== articles || !inView(graph.x[node]!, graph.y[node]!, camera, size)) continue;
      const [, color, shape] = graph.data.kinds[graph.kind[node]!]!;
      const hollow = graph.isNew[node] === 1;
      const look = { shape, color: articles ? theme.article : color, ground: theme.ground, hollow, radius: radiusOf(scene, node, camera.k), rim: hollow ? 1.4 : rim };
      const [x, y] = toScreen(camera, size, graph.x[node]!, graph.y[node]!);
      put(ctx, shapeSprite(look, ratio), x, y, ratio);
      if (i % NODE_BATCH === 0) yield;
    }
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  markKnown(ctx, scene, { camera, size }, nodes);
}

/** A dot of the ground's colour in what the reader knows. */
function markKnown(ctx: CanvasRenderingContext2D, { graph, theme, known }: Scene, { camera, size }: Pick<View, "camera" | "size">, nodes: ArrayLike<number>): void {
  if (camera.k < 8) return;
  ctx.fillStyle = theme.ground;
  ctx.beginPath();
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    if (!known[node]) continue;
    const [x, y] = toScreen(camera, size, graph.x[node]!, graph.y[node]!);
    const radius = 0.4 * radiusOf({ graph }, node, camera.k);
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
  ctx.fill();
}

function inView(x: number, y: number, camera: Camera, size: Size): boolean {
  const [sx, sy] = toScreen(camera, size, x, y);
  return sx > -40 && sy > -40 && sx < size.width + 40 && sy < size.height + 40;
}

const widths = new Map<string, number>();
function widthOf(ctx: CanvasRenderingContext2D, text: string, font: string): number {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    ctx.font = font;
    widths.set(key, (width = ctx.measureText(text).width));
  }
  return width;
}

/** Labels in the order of importance, where there is room; those that stand out first. */
export function placeLabels(ctx: CanvasRenderingContext2D, scene: Scene, view: View): Placed[] {
  const { graph, lit, visible, selected, path } = scene;
  const { camera, size } = view;
  const taken = new Taken();
  const placed: Placed[] = [];
  // Further out, labels keep more of a distance: there are so many that the eye needs some ground between them.
  const air = Math.max(2, 24 - camera.k * 0.45);
  for (const label of regionNames(ctx, scene, view)) {
    if (taken.take(boxOf(ctx, label, 4))) placed.push(label);
  }
  const first = [...new Set([...path, selected])].filter((node) => node >= 0);
  const emphasised = new Set(first);
  const rest = (lit ? [...lit.nodes].sort((i, j) => graph.importance[j]! - graph.importance[i]!) : graph.ranked) as Iterable<number>;
  for (const node of first) taken.block(shapeBox(scene, view, node));
  const most = Math.round((size.width * size.height) / 3200);
  let tried = 0;
  for (const node of [...first, ...rest]) {
    if (!visible.node[node] || !inView(graph.x[node]!, graph.y[node]!, camera, size)) continue;
    if (emphasised.has(node) && tried >= first.length) continue;
    if (++tried > 4 * most || placed.length > most) break;
    const label = labelOf(ctx, scene, view, node, emphasised.has(node));
    if (taken.take(boxOf(ctx, label, emphasised.has(node) || lit ? 2 : air))) placed.push(label);
  }
  return placed;
}

function shapeBox(scene: Scene, { camera, size }: View, node: number): Rect {
  const [x, y] = toScreen(camera, size, scene.graph.x[node]!, scene.graph.y[node]!);
  const radius = radiusOf(scene, node, camera.k);
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

function boxOf(ctx: CanvasRenderingContext2D, label: Placed, pad: number): Rect {
  const width = Math.max(...label.rows.map((row) => widthOf(ctx, row, fontOf(label))));
  return { x: label.x - width / 2 - pad, y: label.y - pad / 2, width: width + 2 * pad, height: label.rows.length * label.size * 1.2 + pad };
}

/** Seen from afar, the names of communities as those of countries on a map; closer up they would be in the way. */
function regionNames(ctx: CanvasRenderingContext2D, { regions, graph, lit, theme }: Scene, { camera, size }: View): Placed[] {
  if (lit || regions.length < 3 || graph.concepts < 150 || camera.k > 30 || size.width < 900) return [];
  // A region smaller than its name would be hidden by it.
  return regions.filter(({ x, y, reach }) => reach * camera.k > 55 && inView(x, y, camera, size)).map(({ number, name, x, y }) => {
    const [sx, sy] = toScreen(camera, size, x, y);
    const rows = name.toUpperCase().split(/(?<=,) | (?=AND )/);
    const label = { node: -1, rows, x: sx, y: sy - rows.length * 7, size: 12, bold: true, color: regionInk(number, theme === DARK) };
    // A name whose region lies at the rim would be cut off there.
    const half = boxOf(ctx, label, 4).width / 2;
    return { ...label, x: Math.min(Math.max(sx, half), size.width - half) };
  });
}

function labelOf(_ctx: CanvasRenderingContext2D, scene: Scene, { camera, size }: View, node: number, bold: boolean): Placed {
  const { graph } = scene;
  const [x, y] = toScreen(camera, size, graph.x[node]!, graph.y[node]!);
  const article = isArticle(graph, node);
  const large = bold ? 14 : article ? 12 : 11 + Math.round(3 * Math.sqrt(graph.importance[node]!) * Math.min(1, camera.k / 14));
  return { node, rows: lines(nameOf(graph, node), article ? 26 : 22), x, y: y + radiusOf(scene, node, camera.k) * 1.15 + 3, size: large, bold: bold || (article && graph.importance[node]! > 0.25) };
}

const fontOf = (label: Placed): string => `${label.bold ? 600 : 400} ${label.size}px ${FONT}`;

function* drawLabels(ctx: CanvasRenderingContext2D, scene: Scene, labels: Placed[], ratio: number): Generator<void> {
  ctx.globalAlpha = 1;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  for (const [i, label] of labels.entries()) {
    const font = fontOf(label);
    const width = Math.max(...label.rows.map((row) => widthOf(ctx, row, font)));
    put(ctx, nameSprite(label, font, scene.theme, ratio, width), label.x, label.y, ratio, true);
    if (i % 30 === 29) yield;
  }
}
