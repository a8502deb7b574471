// Where the map is looked at from: the centre in world units, and pixels a unit.

export interface Camera { x: number; y: number; k: number }
export interface Size { width: number; height: number }
export interface Box { x0: number; y0: number; x1: number; y1: number }

export const toScreen = (camera: Camera, size: Size, x: number, y: number): [number, number] => [
  (x - camera.x) * camera.k + size.width / 2,
  (y - camera.y) * camera.k + size.height / 2,
];

export const toWorld = (camera: Camera, size: Size, sx: number, sy: number): [number, number] => [
  (sx - size.width / 2) / camera.k + camera.x,
  (sy - size.height / 2) / camera.k + camera.y,
];

/** Zoom so that the world point under a screen point stays there. */
export function zoomed(camera: Camera, size: Size, factor: number, sx: number, sy: number, least: number, most: number): Camera {
  const k = Math.min(most, Math.max(least, camera.k * factor));
  const [x, y] = toWorld(camera, size, sx, sy);
  return { k, x: x - (sx - size.width / 2) / k, y: y - (sy - size.height / 2) / k };
}

export function boxOf(nodes: Iterable<number>, x: Float32Array, y: Float32Array): Box {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const i of nodes) {
    box.x0 = Math.min(box.x0, x[i]!);
    box.x1 = Math.max(box.x1, x[i]!);
    box.y0 = Math.min(box.y0, y[i]!);
    box.y1 = Math.max(box.y1, y[i]!);
  }
  return box.x0 <= box.x1 ? box : { x0: -1, y0: -1, x1: 1, y1: 1 };
}

const extent = (box: Box): [number, number] => [Math.max(0.5, box.x1 - box.x0), Math.max(0.5, box.y1 - box.y0)];

/** What of the window is left within a margin, in pixels; `foot` pixels below and `head` above stay free besides. */
const room = (size: Size, margin: number, foot: number, head: number): [number, number] =>
  [Math.max(40, size.width - 2 * margin), Math.max(40, size.height - 2 * margin - foot - head)];

/** The camera that has a box in the window; `foot` pixels below and `head` above stay free. */
export function fitting(box: Box, size: Size, margin: number, most: number, foot = 0, head = 0): Camera {
  const [width, height] = extent(box);
  const [across, down] = room(size, margin, foot, head);
  const k = Math.min(most, across / width, down / height);
  return { x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2 + (foot - head) / 2 / k, k };
}

/** How far a map is drawn out at most. */
const DRAWN_OUT = 1.6;

/** By how much to draw a box out, in x or in y, for it to fill a window of another shape. */
export function filling(box: Box, size: Size, margin: number, foot = 0, head = 0): [number, number] {
  const [width, height] = extent(box);
  const [across, down] = room(size, margin, foot, head);
  const taller = down / across / (height / width);
  return taller > 1 ? [1, Math.min(DRAWN_OUT, taller)] : [Math.min(DRAWN_OUT, 1 / taller), 1];
}

/** The camera moved as little as needed for the window to show a box and no more than `margin` pixels beyond it. */
export function clamped(camera: Camera, box: Box, size: Size, margin: number, foot = 0): Camera {
  const axis = (at: number, low: number, high: number, half: number, after: number): number => {
    const [least, most] = [low - margin / camera.k + half, high + (margin + after) / camera.k - half];
    return least > most ? (least + most) / 2 : Math.min(Math.max(at, least), most);
  };
  const x = axis(camera.x, box.x0, box.x1, size.width / 2 / camera.k, 0);
  return { x, y: axis(camera.y, box.y0, box.y1, size.height / 2 / camera.k, foot), k: camera.k };
}

export function between(from: Camera, to: Camera, t: number): Camera {
  const eased = t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2;
  const k = from.k * (to.k / from.k) ** eased;
  // The centre moves as fast on screen at every zoom, so that the goal does not sweep past.
  const share = Math.abs(to.k - from.k) < 1e-9 ? eased : (1 / k - 1 / from.k) / (1 / to.k - 1 / from.k);
  return { k, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
