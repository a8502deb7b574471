// Pictures in memory, where thousands of small shapes cost a tenth of what a canvas without a GPU takes for them. A pixel is
// a number: ImageData's four bytes, red in the lowest.

export interface Picture { width: number; height: number; pixels: Uint32Array }

/** A colour "#rrggbb" as a pixel. */
export const pixelOf = (color: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)) as [number, number, number];
  return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
};

/** A pixel with a color laid over it; `alpha` of 255. */
export function over(under: number, color: number, alpha: number): number {
  const part = alpha + (alpha >> 7);
  const [redBlue, green] = [under & 0xff00ff, under & 0x00ff00];
  const mixed = (redBlue + (Math.imul((color & 0xff00ff) - redBlue, part) >> 8)) & 0xff00ff;
  return (0xff000000 | mixed | ((green + (Math.imul((color & 0x00ff00) - green, part) >> 8)) & 0x00ff00)) >>> 0;
}

/** Copy a small picture onto an opaque one, its upper left corner at a place; `fade` of 255. */
export function stamp(onto: Picture, small: Picture, left: number, top: number, fade = 255): void {
  const from = Math.max(0, -left);
  const to = Math.min(small.width, onto.width - left);
  const last = Math.min(small.height, onto.height - top);
  const [source, target] = [small.pixels, onto.pixels];
  for (let row = Math.max(0, -top); row < last; row++) {
    let at = (top + row) * onto.width + left + from;
    for (let i = row * small.width + from; i < row * small.width + to; i++, at++) {
      const pixel = source[i]!;
      const alpha = fade === 255 ? pixel >>> 24 : ((pixel >>> 24) * fade) >> 8;
      if (alpha === 255) target[at] = pixel;
      else if (alpha) target[at] = over(target[at]!, pixel, alpha);
    }
  }
}
