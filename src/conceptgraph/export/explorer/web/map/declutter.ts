// Labels that do not overlap: who comes first gets the place.

export interface Rect { x: number; y: number; width: number; height: number }

const CELL = 48;

/** Places that are taken, found by a grid. */
export class Taken {
  private cells = new Map<number, Rect[]>();

  /** Take a place if it is free, and say whether it was. */
  take(rect: Rect): boolean {
    const touched = this.touched(rect);
    const free = this.clear(rect, touched);
    if (free) this.put(rect, touched);
    return free;
  }

  /** True where nothing has taken a part of a place. */
  clear(rect: Rect, touched = this.touched(rect)): boolean {
    for (const cell of touched) {
      for (const other of this.cells.get(cell) ?? []) if (overlaps(rect, other)) return false;
    }
    return true;
  }

  /** Take a place whether or not it is free. */
  block(rect: Rect): void {
    this.put(rect, this.touched(rect));
  }

  private put(rect: Rect, cells: number[]): void {
    for (const cell of cells) {
      const there = this.cells.get(cell);
      if (there) there.push(rect);
      else this.cells.set(cell, [rect]);
    }
  }

  private touched({ x, y, width, height }: Rect): number[] {
    const cells: number[] = [];
    for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++) {
      for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) cells.push(column * 65_536 + row);
    }
    return cells;
  }
}

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Break a name into at most two lines of about `width` characters; cut what is longer. */
export function lines(name: string, width: number): string[] {
  const cut = (text: string) => (text.length > width * 1.25 ? `${text.slice(0, width).trimEnd()}…` : text);
  if (name.length <= width * 1.25) return [name];
  const space = name.lastIndexOf(" ", width);
  return space < 4 ? [cut(name)] : [name.slice(0, space), cut(name.slice(space + 1))];
}
