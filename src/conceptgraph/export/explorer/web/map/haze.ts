// Many faint links at once: added up pixel by pixel in memory. A canvas strokes ten thousand lines in seconds on a
// machine without a GPU; adding them up takes a few dozen milliseconds.

import { over, type Picture } from "./pixels";

const STEPS = 512;
const FULL = 6;

/** What overlaps covers as layers of paint do: opacity of 255, by the sum of opacities in 1/512, up to 6. */
const OPACITY = Uint8Array.from({ length: FULL * STEPS + 1 }, (_, i) => Math.round(255 * (1 - Math.exp(-i / STEPS))));

/** Opacity of a place where links overlap, from the sum of theirs; a place may be a square of several pixels. */
export class Haze {
  private readonly sum: Float32Array;

  constructor(readonly width: number, readonly height: number) {
    this.sum = new Float32Array(width * height);
  }

  at(x: number, y: number): number {
    return this.sum[y * this.width + x]!;
  }

  /** Add a line of the given opacity; it is shared between the two pixels that it runs between (Wu 1991). */
  line(x0: number, y0: number, x1: number, y1: number, alpha: number): void {
    const { width, height } = this;
    if (Math.abs(y1 - y0) > Math.abs(x1 - x0)) this.run(y0, x0, y1, x1, alpha, height, width, width, 1);
    else this.run(x0, y0, x1, y1, alpha, width, height, 1, width);
  }

  /** Walk along one axis, of `length` pixels that lie `along` places apart; `across` and `beside` are the other's. */
  private run(a0: number, b0: number, a1: number, b1: number, alpha: number, length: number, across: number, along: number, beside: number): void {
    if (a0 > a1) return this.run(a1, b1, a0, b0, alpha, length, across, along, beside);
    const { sum } = this;
    const slope = a1 > a0 ? (b1 - b0) / (a1 - a0) : 0;
    const inside = (a: number): boolean => b0 + slope * (a - a0) >= 0 && b0 + slope * (a - a0) < across - 1;
    // Where the line crosses the picture's rims; the loop below then asks nothing of each pixel.
    const [enters, leaves] = slope ? [-b0 / slope, (across - 1 - b0) / slope].sort((one, other) => one - other) as [number, number] : [-Infinity, Infinity];
    let first = Math.max(0, Math.round(a0), Math.floor(a0 + enters));
    let last = Math.min(length - 1, Math.round(a1), Math.ceil(a0 + leaves));
    while (first <= last && !inside(first)) first++;
    while (last >= first && !inside(last)) last--;
    for (let a = first; a <= last; a++) {
      const b = b0 + slope * (a - a0);
      const low = b | 0;
      const place = a * along + low * beside;
      const part = alpha * (b - low);
      sum[place]! += alpha - part;
      sum[place + beside]! += part;
    }
  }

  /** Lay rows of places over a picture that is `grain` times as large, in one colour; see pixels.ts. */
  paint(picture: Picture, color: number, from: number, to: number, grain = 1): void {
    const { sum, width } = this;
    for (let row = from; row < to; row++) {
      for (let column = 0; column < width; column++) {
        const value = sum[row * width + column]!;
        if (value !== 0) cover(picture, color, OPACITY[Math.min(FULL * STEPS, Math.round(value * STEPS))]!, column * grain, row * grain, grain);
      }
    }
  }
}

function cover({ pixels, width, height }: Picture, color: number, alpha: number, left: number, top: number, side: number): void {
  const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) pixels[y * width + x] = over(pixels[y * width + x]!, color, alpha);
  }
}
