// The order of study on the map: a line from step to step, and a number at each.

import { toScreen, type Camera, type Size } from "./camera";
import type { Rect } from "./declutter";
import { radiusOf, type Scene } from "./scene";

export const RADIUS = 11;

export interface Numbered { number: number; x: number; y: number }

/** From the middle of what bears a number to the number's upper end: it stands on what it counts, above the name. */
export const numberTop = (scene: Scene, node: number, k: number): number => radiusOf(scene, node, k) - 2 * RADIUS;

/** So often numbers that overlap are moved apart: a heap of a few is loose by then. */
const ROUNDS = 12;

/** Where the numbers stand: beside each other where what they count lies closer together than they are wide. */
export function numbersOf(scene: Scene, camera: Camera, size: Size): Numbered[] {
  const { graph, numbered } = scene;
  const found = numbered.map((node, at) => {
    const [x, y] = toScreen(camera, size, graph.x[node]!, graph.y[node]!);
    return { number: at + 1, x, y: y + numberTop(scene, node, camera.k) + RADIUS };
  });
  for (let round = 0, moved = true; moved && round < ROUNDS; round++) {
    moved = false;
    found.forEach((one, at) => {
      for (const other of found.slice(at + 1)) moved = parted(one, other) || moved;
    });
  }
  return found;
}

/** Moves two numbers that overlap away from each other, each by half of what is lacking; whether they did. */
function parted(one: Numbered, other: Numbered): boolean {
  const [x, y] = [other.x - one.x, other.y - one.y];
  const distance = Math.hypot(x, y);
  const lacking = 2 * RADIUS - distance;
  if (lacking < 0.5) return false;
  const [along, across] = distance ? [x / distance, y / distance] : [1, 0];
  one.x -= (along * lacking) / 2;
  one.y -= (across * lacking) / 2;
  other.x += (along * lacking) / 2;
  other.y += (across * lacking) / 2;
  return true;
}

/** The places that they take, which names keep clear of. */
export const numberBoxes = (scene: Scene, camera: Camera, size: Size): Rect[] =>
  numbersOf(scene, camera, size).map(({ x, y }) => ({ x: x - RADIUS, y: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS }));

/** The node whose number stands at a place; -1 for none. */
export function numberedAt(scene: Scene, camera: Camera, size: Size, x: number, y: number): number {
  const found = numbersOf(scene, camera, size).find((each) => Math.hypot(each.x - x, each.y - y) <= RADIUS);
  return found ? scene.numbered[found.number - 1]! : -1;
}

export function drawNumbers(ctx: CanvasRenderingContext2D, scene: Scene, camera: Camera, size: Size): void {
  if (!scene.numbered.length) return;
  const { theme } = scene;
  const found = numbersOf(scene, camera, size);
  ctx.save();
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([2, 5]);
  ctx.beginPath();
  for (const { x, y } of found) ctx.lineTo(x, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.font = "700 12px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  // The first of two that overlap is on top.
  for (const { number, x, y } of found.reverse()) {
    ctx.fillStyle = theme.accent;
    ctx.strokeStyle = theme.ground;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.arc(x, y, RADIUS, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = theme.ground;
    ctx.fillText(String(number), x, y + 0.5);
  }
  ctx.restore();
}

export function svgNumbers(scene: Scene, camera: Camera, size: Size): string {
  const { theme } = scene;
  const found = numbersOf(scene, camera, size);
  if (!found.length) return "";
  const line = found.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const marks = found.reverse().map(({ number, x, y }) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${RADIUS}" fill="${theme.accent}" stroke="${theme.ground}" stroke-width="2"/><text x="${x.toFixed(1)}" y="${(y + 4.5).toFixed(1)}">${number}</text>`);
  return `<polyline points="${line}" fill="none" stroke="${theme.accent}" stroke-width="1.5" stroke-dasharray="2 5"/><g font-family="sans-serif" font-size="12" font-weight="700" text-anchor="middle" fill="${theme.ground}">${marks.join("")}</g>`;
}
