// What is seen, as files: PNG and SVG of the map, CSV and JSON of what the filters leave.

import type { App } from "./app";
import { edgeType, nameOf, refOf } from "./graph";
import { toScreen, type Camera, type Size } from "./map/camera";
import { draw, FONT, placeLabels } from "./map/draw";
import { drawNumbers, svgNumbers } from "./map/numbers";
import { radiusOf, type Scene } from "./map/scene";
import { svgPath } from "./map/shapes";
import { save } from "./save";
import { toHash } from "./state";

export interface View { camera: Camera; size: Size }

export function savePng(scene: Scene, { camera, size }: View): Promise<void> {
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: size.width * ratio, height: size.height * ratio });
  const pen = canvas.getContext("2d")!;
  for (const _ of draw(pen, scene, { camera, size, ratio })) void _;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawNumbers(pen, scene, camera, size);
  return new Promise((done) => canvas.toBlob((blob) => {
    if (blob) save("concept-map.png", blob);
    done();
  }));
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

export function svgOf(scene: Scene, { camera, size }: View): string {
  const { graph, theme, visible, lit } = scene;
  const at = (node: number) => toScreen(camera, size, graph.x[node]!, graph.y[node]!);
  const inside = ([x, y]: [number, number]) => x > -50 && y > -50 && x < size.width + 50 && y < size.height + 50;
  const edges = [...(lit ? lit.edges : visible.edges)].filter((e) => inside(at(graph.a[e]!)) || inside(at(graph.b[e]!)));
  const lines = edges.map((e) => {
    const [[x0, y0], [x1, y1]] = [at(graph.a[e]!), at(graph.b[e]!)];
    return `<path d="M${x0.toFixed(1)} ${y0.toFixed(1)}L${x1.toFixed(1)} ${y1.toFixed(1)}" stroke-opacity="${(0.1 + 0.4 * graph.strength[e]!).toFixed(2)}"/>`;
  });
  const shapes = [...visible.nodes].filter((node) => inside(at(node))).map((node) => {
    const [id, color, shape] = graph.data.kinds[graph.kind[node]!]!;
    const fill = id === "article" ? theme.article : color;
    const faint = lit && !lit.nodes.has(node) ? ' opacity=".16"' : "";
    const look = graph.isNew[node] ? `fill="${theme.ground}" stroke="${fill}" stroke-dasharray="3 2"` : `fill="${fill}"`;
    return `<path d="${svgPath(shape, ...at(node), radiusOf(scene, node, camera.k))}" ${look}${faint}><title>${escaped(nameOf(graph, node))}</title></path>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}"><rect width="100%" height="100%" fill="${theme.ground}"/><g stroke="${lit ? theme.lit : theme.edge}" fill="none">${lines.join("")}</g><g>${shapes.join("")}</g>${svgLabels(scene, { camera, size })}${svgNumbers(scene, camera, size)}</svg>\n`;
}

function svgLabels(scene: Scene, { camera, size }: View): string {
  const { theme } = scene;
  const pen = document.createElement("canvas").getContext("2d")!;
  const texts = placeLabels(pen, scene, { camera, size, ratio: 1 }).flatMap((label) =>
    label.rows.map((row, i) => `<text x="${label.x.toFixed(1)}" y="${(label.y + (0.85 + 1.2 * i) * label.size).toFixed(1)}" font-size="${label.size}" font-weight="${label.bold ? 600 : 400}">${escaped(row)}</text>`));
  return `<g font-family="${escaped(FONT)}" text-anchor="middle" fill="${theme.ink}" stroke="${theme.ground}" stroke-width="3" paint-order="stroke">${texts.join("")}</g>`;
}

/** Links that the filters leave, with both ends; nodes without links have a row of their own. */
export function csvOf(app: App): string {
  const { graph, visible } = app;
  // A cell that begins like a formula is text, not something for a spreadsheet to run.
  const cell = (value: string | number) => `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  const rows: (string | number)[][] = [["source", "source_name", "target", "target_name", "kind", "weight"]];
  for (let e = 0; e < graph.a.length; e++) {
    if (!visible.edge[e]) continue;
    const [a, b] = [graph.a[e]!, graph.b[e]!];
    rows.push([refOf(graph, a), nameOf(graph, a), refOf(graph, b), nameOf(graph, b), kindOf(app, e), graph.strength[e]!.toFixed(2)]);
  }
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function kindOf({ graph }: App, edge: number): string {
  const type = edgeType(graph, edge);
  const { relations } = graph.data;
  const names = { mention: "mentions", citation: "links_to", need: "requires", similar: "similar", relation: "" };
  return names[type] || relations.kinds[relations.kind[graph.row[edge]!]!]!;
}

/** What the filters leave, as node-link JSON. */
export function jsonOf(app: App): string {
  const { graph, visible } = app;
  const nodes = [...graph.ranked].filter((node) => visible.node[node]).map((node) => ({ id: refOf(graph, node), name: nameOf(graph, node), kind: graph.data.kinds[graph.kind[node]!]![0] }));
  const links = [...graph.strongest].filter((e) => visible.edge[e]).map((e) => ({ source: refOf(graph, graph.a[e]!), target: refOf(graph, graph.b[e]!), kind: kindOf(app, e), weight: Number(graph.strength[e]!.toFixed(2)) }));
  return `${JSON.stringify({ build: graph.data.build, view: toHash(app.state), nodes, links }, null, 1)}\n`;
}
