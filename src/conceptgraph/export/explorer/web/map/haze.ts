// Many faint links at once: added up pixel by pixel in memory and put on the canvas as one picture. A canvas strokes ten
// thousand lines in seconds on a machine without a GPU; adding them up takes a few dozen milliseconds.

const LINKS_A_STEP = 1500;
const ROWS_A_STEP = 160;

/** Opacity of a place where links overlap, from the sum of theirs. */
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
    const { width, height, sum } = this;
    const steep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
    const [length, across] = steep ? [height, width] : [width, height];
    const [along, beside] = steep ? [width, 1] : [1, width];
    let [a0, b0, a1, b1] = steep ? [y0, x0, y1, x1] : [x0, y0, x1, y1];
    if (a0 > a1) [a0, b0, a1, b1] = [a1, b1, a0, b0];
    const slope = a1 > a0 ? (b1 - b0) / (a1 - a0) : 0;
    const last = Math.min(length - 1, Math.round(a1));
    for (let a = Math.max(0, Math.round(a0)); a <= last; a++) {
      const b = b0 + slope * (a - a0);
      const low = Math.floor(b);
      if (low < 0 || low >= across - 1) continue;
      const place = a * along + low * beside;
      const part = b - low;
      sum[place]! += alpha * (1 - part);
      sum[place + beside]! += alpha * part;
    }
  }

  /** Write rows as pixels of one colour: what overlaps covers as layers of paint do. */
  paint(pixels: Uint8ClampedArray, [r, g, b]: readonly number[], from: number, to: number): void {
    for (let i = from * this.width; i < to * this.width; i++) {
      const value = this.sum[i]!;
      if (value === 0) continue;
      pixels[4 * i] = r!;
      pixels[4 * i + 1] = g!;
      pixels[4 * i + 2] = b!;
      pixels[4 * i + 3] = 255 * (1 - Math.exp(-value));
    }
  }
}

export interface Line { x0: number; y0: number; x1: number; y1: number; alpha: number }

/** Draw lines, given in the canvas's pixels; yields where the next frame may come in between. */
export function* drawHaze(ctx: CanvasRenderingContext2D, lines: Iterable<Line>, color: string): Generator<void> {
  const { width, height } = ctx.canvas;
  const haze = new Haze(width, height);
  let count = 0;
  for (const { x0, y0, x1, y1, alpha } of lines) {
    haze.line(x0, y0, x1, y1, alpha);
    if (++count % LINKS_A_STEP === 0) yield;
  }
  const picture = new ImageData(width, height);
  const rgb = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  for (let row = 0; row < height; row += ROWS_A_STEP) {
    haze.paint(picture.data, rgb, row, Math.min(height, row + ROWS_A_STEP));
    yield;
  }
  const layer = document.createElement("canvas");
  Object.assign(layer, { width, height });
  layer.getContext("2d", { willReadFrequently: true })!.putImageData(picture, 0, 0);
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 1;
  ctx.drawImage(layer, 0, 0);
  ctx.restore();
}
