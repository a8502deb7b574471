// Draws a scene onto a canvas, a slice at a time: a generator that yields where the next frame may come in between.

import { isArticle, nameOf } from "../graph";
import { lines, Taken, type Rect } from "./declutter";
import { Haze } from "./haze";
import { toScreen, type Camera, type Size } from "./camera";
import { numberBoxes, numberTop } from "./numbers";
import { pixelOf, stamp, type Picture } from "./pixels";
import { radiusOf, type Scene } from "./scene";
import { nameSprite, pictureOf, put, shapeSprite, type Sprite } from "./sprites";
import { DARK, regionColor, regionInk } from "./theme";

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
/** Links a stroke: long paths with many links are slow to rasterise. */
const BATCH = 240;
/** Beyond so many links, or nodes, they are drawn in memory: see haze.ts and pixels.ts. */
const MANY = 1500;
/** Beyond so many links each one is so faint that nobody sees it is drawn two pixels wide. */
const FAINT = 15_000;
const NODE_BATCH = 500;
/** So few nodes that each may have its name above it, where there is no room below. */
const FEW = 300;
const HAZE_BATCH = 1500;
const ROWS = 160;
/** The map's own canvas for regions is this much coarser, which softens their rims. */
const COARSE = 5;

/** A name on the map: a node's, or (node -1) that of a region in its own colour. */
export interface Placed { node: number; rows: string[]; x: number; y: number; size: number; bold: boolean; color?: string }
/** What is drawn; the window that is looked through lies in its middle, if it is smaller, and has these parts covered by controls. */
export interface View { camera: Camera; size: Size; ratio: number; window?: Size; covered?: Rect[] }

export function* draw(ctx: CanvasRenderingContext2D, scene: Scene, view: View, keep?: Placed[]): Generator<void> {
  const { size, ratio } = view;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.globalAlpha = 1;
  ctx.fillStyle = scene.theme.ground;
  ctx.fillRect(0, 0, size.width, size.height);
  drawRegions(ctx, scene, view);
  yield;
  const { lit, visible } = scene;
  const many = Math.max(visible.nodes.length, lit ? 0 : visible.edges.length) > MANY;
  if (many) yield* drawMany(ctx, scene, view);
  else yield* drawFew(ctx, scene, view);
  drawMarks(ctx, scene, view);
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

/** The more links there are, the fainter each one: what is seen is where they gather. */
const crowd = ({ visible }: Scene): number => Math.max(0.05, Math.min(1, (900 / Math.max(1, visible.edges.length)) ** 0.75));

function* drawFew(ctx: CanvasRenderingContext2D, scene: Scene, view: View): Generator<void> {
  yield* scene.lit ? strokeLit(ctx, scene, view) : strokeAll(ctx, scene, view);
  const { ratio } = view;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  yield* eachNode(scene, view, (sprite, x, y, fade) => {
    ctx.globalAlpha = fade;
    put(ctx, sprite, x, y, ratio);
  });
}

/** The same in memory, on a copy of the canvas as it is. */
function* drawMany(ctx: CanvasRenderingContext2D, scene: Scene, view: View): Generator<void> {
  if (scene.lit) yield* strokeLit(ctx, scene, view);
  const { width, height } = ctx.canvas;
  const image = ctx.getImageData(0, 0, width, height);
  const picture = { width, height, pixels: new Uint32Array(image.data.buffer) };
  yield;
  if (!scene.lit) yield* drawHaze(picture, scene, view);
  const { ratio } = view;
  yield* eachNode(scene, view, (sprite, x, y, fade) => {
    const small = pictureOf(sprite);
    stamp(picture, small, Math.round(x * ratio - small.width / 2), Math.round(y * ratio - small.height / 2), Math.round(255 * fade));
  });
  ctx.putImageData(image, 0, 0);
  yield;
}

function* drawHaze(picture: Picture, scene: Scene, view: View): Generator<void> {
  const { graph: { x, y, a, b, strength }, visible: { edges }, theme } = scene;
  const { camera, size, ratio } = view;
  const { width, height } = picture;
  const grain = edges.length > FAINT ? 2 : 1;
  const haze = new Haze(Math.ceil(width / grain), Math.ceil(height / grain));
  const [scale, faint] = [(camera.k * ratio) / grain, crowd(scene) / grain];
  const [left, top] = toScreen(camera, size, 0, 0).map((at) => (at * ratio) / grain) as [number, number];
  for (let i = 0; i < edges.length; i++) {
    const e = edges[i]!;
    const [i0, i1, weight] = [a[e]!, b[e]!, Math.min(1, strength[e]!)];
    const alpha = (0.08 + 0.3 * weight) * faint * (0.5 + 0.8 * weight);
    haze.line(left + scale * x[i0]!, top + scale * y[i0]!, left + scale * x[i1]!, top + scale * y[i1]!, alpha);
    if (i % HAZE_BATCH === HAZE_BATCH - 1) yield;
  }
  const color = pixelOf(theme.edge);
  for (let row = 0; row < haze.height; row += ROWS) {
    haze.paint(picture, color, row, Math.min(haze.height, row + ROWS), grain);
    yield;
  }
}

interface Stroke { color: string; alpha: number; width: number }

function* strokeAll(ctx: CanvasRenderingContext2D, scene: Scene, view: View): Generator<void> {
  const { graph, theme, visible } = scene;
  const faint = crowd(scene);
  for (const [low, high] of [[0, 0.3], [0.3, 0.6], [0.6, 2]] as const) {
    const edges = visible.edges.filter((e) => graph.strength[e]! >= low && graph.strength[e]! < high);
    const weight = (low + Math.min(1, high)) / 2;
    yield* strokeEdges(ctx, scene, view, edges, { color: theme.edge, alpha: (0.08 + 0.3 * weight) * faint, width: 0.5 + 0.8 * weight });
  }
}

function* strokeLit(ctx: CanvasRenderingContext2D, scene: Scene, view: View): Generator<void> {
  const { theme, visible, path } = scene;
  const lit = scene.lit!;
  yield* strokeEdges(ctx, scene, view, visible.edges.length > 3000 ? [] : visible.edges, { color: theme.edge, alpha: 0.05, width: 0.6 });
  const strong = path.length ? { alpha: 0.95, width: 3 } : { alpha: Math.max(0.1, 0.5 * Math.min(1, (150 / lit.edges.length) ** 0.6)), width: 1.2 };
  yield* strokeEdges(ctx, scene, view, lit.edges, { color: path.length ? theme.accent : theme.lit, ...strong });
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

type Stamp = (sprite: Sprite, x: number, y: number, fade: number) => void;

/** Give each node in view its sprite and place, what stands out last and all else faded. */
function* eachNode(scene: Scene, view: View, give: Stamp): Generator<void> {
  const { visible, lit } = scene;
  if (!lit) return yield* someNodes(scene, view, visible.nodes, 1, give);
  yield* someNodes(scene, view, visible.nodes.filter((node) => !lit.nodes.has(node)), 0.16, give);
  yield* someNodes(scene, view, [...lit.nodes], 1, give);
}

function* someNodes(scene: Scene, { camera, size, ratio }: View, nodes: ArrayLike<number>, fade: number, give: Stamp): Generator<void> {
  const { graph, theme } = scene;
  const rim = camera.k > 12 ? 1.2 : camera.k > 7 ? 0.5 : 0;
  const sprites = new Map<number, Sprite>();
  const spriteOf = (node: number, articles: boolean): Sprite => {
    const hollow = graph.isNew[node] === 1;
    const radius = Math.round(4 * radiusOf(scene, node, camera.k));
    const key = 512 * radius + 2 * graph.kind[node]! + Number(hollow);
    let sprite = sprites.get(key);
    if (!sprite) {
      const [, color, shape] = graph.data.kinds[graph.kind[node]!]!;
      sprite = shapeSprite({ shape, color: articles ? theme.article : color, ground: theme.ground, hollow, radius: radius / 4, rim: hollow ? 1.4 : rim }, ratio);
      sprites.set(key, sprite);
    }
    return sprite;
  };
  // Articles lie below: their concepts stand around them.
  for (const articles of [true, false]) {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!;
      if (isArticle(graph, node) !== articles || !inView(graph.x[node]!, graph.y[node]!, camera, size)) continue;
      const [x, y] = toScreen(camera, size, graph.x[node]!, graph.y[node]!);
      give(spriteOf(node, articles), x, y, fade);
      if (i % NODE_BATCH === 0) yield;
    }
  }
}

const ringOf = (radius: number): number => radius * 1.25 + 4;

/** Rings around what is chosen, dots in what the reader knows. */
function drawMarks(ctx: CanvasRenderingContext2D, scene: Scene, view: View): void {
  const { lit, theme, visible } = scene;
  ctx.globalAlpha = 1;
  ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  markKnown(ctx, scene, view, lit ? [...lit.nodes] : visible.nodes);
  if (!lit) return;
  for (const node of new Set([...scene.chosen, ...scene.path])) {
    const [x, y] = toScreen(view.camera, view.size, scene.graph.x[node]!, scene.graph.y[node]!);
    ctx.strokeStyle = theme.accent;
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.arc(x, y, ringOf(radiusOf(scene, node, view.camera.k)), 0, 2 * Math.PI);
    ctx.stroke();
  }
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

/** Widths at one size; others are in proportion. */
const MEASURED = 16;
const widths = new Map<string, number>();
function widthOf(ctx: CanvasRenderingContext2D, text: string, { size, bold }: Placed): number {
  const key = bold ? `*${text}` : text;
  let width = widths.get(key);
  if (width === undefined) {
    ctx.font = fontOf({ size: MEASURED, bold });
    widths.set(key, (width = ctx.measureText(text).width));
  }
  return (width * size) / MEASURED;
}

/**
 * Labels in the order of importance, where there is room; those that stand out first. The window's own come before those
 * around it and are kept whole; those around it keep out of it, so that it looks the same with and without them.
 */
export function placeLabels(ctx: CanvasRenderingContext2D, scene: Scene, view: View): Placed[] {
  const { graph, lit, path, chosen } = scene;
  const { size } = view;
  const window = windowOf(view);
  const taken = new Taken();
  const first = [...new Set([...path, ...chosen])];
  for (const node of first) taken.block(shapeBox(scene, view, node));
  for (const rect of view.covered ?? []) taken.block({ ...rect, x: window.x + rect.x, y: window.y + rect.y });
  for (const rect of numberBoxes(scene, view.camera, size)) taken.block(rect);
  const rest = lit ? [...lit.nodes].sort((i, j) => graph.importance[j]! - graph.importance[i]!) : graph.ranked;
  const ranked = { first, rest };
  const names = regionNames(scene, view, window);
  const free = (label: Placed) => taken.take(boxOf(ctx, label, 4));
  const placed = names.filter(({ x, y }) => holds(window, x, y)).flatMap((label) => placesOf(ctx, label, window, label.y).slice(0, 1)).filter(free);
  placed.push(...takeLabels(ctx, scene, view, ranked, taken, window, placed.length));
  if (window.width >= size.width) return placed;
  taken.block(window);
  placed.push(...names.filter(({ x, y }) => !holds(window, x, y)).filter(free));
  return [...placed, ...takeLabels(ctx, scene, view, ranked, taken, null, 0)];
}

/** Where the window lies in what is drawn. */
function windowOf({ size, window = size }: View): Rect {
  return { x: (size.width - window.width) / 2, y: (size.height - window.height) / 2, ...window };
}

interface Ranked { first: number[]; rest: Iterable<number> }

/** Labels within a window, or (null) those that are free anywhere. */
function takeLabels(ctx: CanvasRenderingContext2D, scene: Scene, view: View, { first, rest }: Ranked, taken: Taken, window: Rect | null, already: number): Placed[] {
  const { graph, lit, visible } = scene;
  const { camera, size } = view;
  const emphasised = new Set(first);
  const numbered = new Set(scene.numbered);
  // Further out, labels keep more of a distance: there are so many that the eye needs some ground between them.
  const air = Math.max(2, 24 - camera.k * 0.45);
  const room = window ?? size;
  const most = Math.round((room.width * room.height) / 3200) - already;
  const standing = lit ? [...lit.nodes] : visible.nodes;
  const shapes = lit || standing.length <= FEW ? new Taken() : null;
  if (shapes) for (const node of standing) shapes.block(shapeBox(scene, view, node));
  const placed: Placed[] = [];
  let tried = 0;
  for (const node of [...first, ...rest]) {
    if (!visible.node[node] || (emphasised.has(node) && tried >= first.length)) continue;
    const [x, y] = toScreen(camera, size, graph.x[node]!, graph.y[node]!);
    if (window ? !holds(window, x, y) : !inView(graph.x[node]!, graph.y[node]!, camera, size)) continue;
    if (++tried > 4 * most || placed.length > most) break;
    const label = labelOf(scene, view, node, emphasised.has(node));
    const radius = radiusOf(scene, node, camera.k);
    const top = y + (numbered.has(node) ? numberTop(scene, node, camera.k) : -(emphasised.has(node) ? ringOf(radius) : radius));
    const places = window ? placesOf(ctx, label, window, top) : [label];
    const pad = emphasised.has(node) || lit ? 2 : air;
    // What stands out, or alone, is worth a second try, which hides nothing else that does.
    const found = places.find((place, at) => (at === 0 || shapes?.clear(boxOf(ctx, place, 0))) && taken.take(boxOf(ctx, place, pad)));
    if (found) placed.push(found);
  }
  return placed;
}

const holds = (rect: Rect, x: number, y: number): boolean => x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;

/** Where no rim of the window cuts a label off: where it is, or above the `top` of its shape, and moved aside if need be. */
function placesOf(ctx: CanvasRenderingContext2D, label: Placed, window: Rect, top: number): Placed[] {
  const { width, height } = boxOf(ctx, label, 5);
  const x = Math.min(Math.max(label.x, window.x + width / 2), window.x + window.width - width / 2);
  return [label.y, top - height].filter((y) => y >= window.y && y + height <= window.y + window.height).map((y) => ({ ...label, x, y }));
}

function shapeBox(scene: Scene, { camera, size }: View, node: number): Rect {
  const [x, y] = toScreen(camera, size, scene.graph.x[node]!, scene.graph.y[node]!);
  const radius = radiusOf(scene, node, camera.k);
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

function boxOf(ctx: CanvasRenderingContext2D, label: Placed, pad: number): Rect {
  const width = Math.max(...label.rows.map((row) => widthOf(ctx, row, label)));
  return { x: label.x - width / 2 - pad, y: label.y - pad / 2, width: width + 2 * pad, height: label.rows.length * label.size * 1.2 + pad };
}

/** Seen from afar, the names of communities as those of countries on a map; closer up they would be in the way. */
function regionNames({ regions, graph, lit, theme }: Scene, { camera, size }: View, window: Size): Placed[] {
  if (lit || regions.length < 3 || graph.concepts < 150 || camera.k > 30 || window.width < 600) return [];
  // A region smaller than its name would be hidden by it; one that is not much larger has the first part of it.
  return regions.filter(({ x, y, reach }) => reach * camera.k > 28 && inView(x, y, camera, size)).map(({ number, name, x, y, reach }) => {
    const [sx, sy] = toScreen(camera, size, x, y);
    const whole = name.toUpperCase().split(/(?<=,) | (?=AND )/);
    const rows = reach * camera.k > 55 ? whole : [whole[0]!.replace(/,$/, "")];
    return { node: -1, rows, x: sx, y: sy - rows.length * 7, size: 12, bold: true, color: regionInk(number, theme === DARK) };
  });
}

function labelOf(scene: Scene, { camera, size }: View, node: number, bold: boolean): Placed {
  const { graph } = scene;
  const [x, y] = toScreen(camera, size, graph.x[node]!, graph.y[node]!);
  const article = isArticle(graph, node);
  const large = bold ? 14 : article ? 12 : 11 + Math.round(3 * Math.sqrt(graph.importance[node]!) * Math.min(1, camera.k / 14));
  const radius = radiusOf(scene, node, camera.k);
  return { node, rows: lines(nameOf(graph, node), article ? 26 : 22), x, y: y + (bold ? ringOf(radius) + 3 : radius * 1.15 + 3), size: large, bold: bold || (article && graph.importance[node]! > 0.25) };
}

const fontOf = ({ bold, size }: Pick<Placed, "bold" | "size">): string => `${bold ? 600 : 400} ${size}px ${FONT}`;

function* drawLabels(ctx: CanvasRenderingContext2D, scene: Scene, labels: Placed[], ratio: number): Generator<void> {
  ctx.globalAlpha = 1;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  for (const [i, label] of labels.entries()) {
    const font = fontOf(label);
    const width = Math.max(...label.rows.map((row) => widthOf(ctx, row, label)));
    put(ctx, nameSprite(label, font, scene.theme, ratio, width), label.x, label.y, ratio, true);
    if (i % 30 === 29) yield;
  }
}
