// Shapes and names drawn once and then copied: a copy costs a hundredth of a path or of a stroked text.

import type { Placed } from "./draw";
import type { Theme } from "./theme";
import type { Picture } from "./pixels";
import { trace } from "./shapes";

export interface Sprite { canvas: HTMLCanvasElement; width: number; height: number; picture?: Picture }

/** More names than these are forgotten, those drawn longest ago first. */
const MOST_NAMES = 3000;
const HALO = 4;

function made(width: number, height: number, ratio: number, draw: (pen: CanvasRenderingContext2D) => void): Sprite {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * ratio);
  canvas.height = Math.ceil(height * ratio);
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.scale(ratio, ratio);
  draw(pen);
  return { canvas, width: canvas.width, height: canvas.height };
}

const shapes = new Map<string, Sprite>();

export interface Shape { shape: string; color: string; ground: string; hollow: boolean; radius: number; rim: number }

/** A kind's shape; what the vocabulary lacks is hollow with a dashed rim. Radii are rounded to a quarter pixel. */
export function shapeSprite(of: Shape, ratio: number): Sprite {
  const radius = Math.round(of.radius * 4) / 4;
  const key = `${of.shape} ${of.color} ${of.ground} ${of.hollow} ${radius} ${of.rim} ${ratio}`;
  let sprite = shapes.get(key);
  if (!sprite) {
    const half = Math.ceil(radius * 1.25 + 2);
    sprite = made(2 * half, 2 * half, ratio, (pen) => {
      pen.beginPath();
      trace(pen, of.shape, half, half, radius);
      pen.fillStyle = of.hollow ? of.ground : of.color;
      pen.fill();
      pen.strokeStyle = of.hollow ? of.color : of.ground;
      pen.lineWidth = of.rim;
      if (of.hollow) pen.setLineDash([3, 2]);
      if (of.rim) pen.stroke();
    });
    shapes.set(key, sprite);
  }
  return sprite;
}

/** The sprite's pixels, read once. */
export function pictureOf(sprite: Sprite): Picture {
  const { canvas, width, height } = sprite;
  const read = () => new Uint32Array(canvas.getContext("2d")!.getImageData(0, 0, width, height).data.buffer);
  return (sprite.picture ??= { width, height, pixels: read() });
}

const names = new Map<string, Sprite>();

export function nameSprite(label: Placed, font: string, theme: Theme, ratio: number, width: number): Sprite {
  const key = `${label.rows.join("\n")}|${font}|${label.color ?? ""}|${theme.ink}|${ratio}`;
  let sprite = names.get(key);
  if (sprite) {
    names.delete(key);
  } else {
    sprite = made(width + 2 * HALO, label.rows.length * label.size * 1.2 + 2 * HALO, ratio, (pen) => write(pen, label, font, theme, width / 2 + HALO));
    const oldest = names.size >= MOST_NAMES ? names.keys().next().value : undefined;
    if (oldest !== undefined) names.delete(oldest);
  }
  names.set(key, sprite);
  return sprite;
}

function write(pen: CanvasRenderingContext2D, label: Placed, font: string, theme: Theme, middle: number): void {
  Object.assign(pen, { font, textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3.5, strokeStyle: theme.halo, fillStyle: label.color ?? theme.ink });
  label.rows.forEach((row, i) => pen.strokeText(row, middle, HALO + i * label.size * 1.2));
  label.rows.forEach((row, i) => pen.fillText(row, middle, HALO + i * label.size * 1.2));
}

/** Copy a sprite to whole device pixels around a point, given by its middle (or, for names, its upper middle). */
export function put(ctx: CanvasRenderingContext2D, sprite: Sprite, x: number, y: number, ratio: number, top = false): void {
  const above = top ? HALO * ratio : sprite.height / 2;
  ctx.drawImage(sprite.canvas, Math.round(x * ratio - sprite.width / 2), Math.round(y * ratio - above));
}
