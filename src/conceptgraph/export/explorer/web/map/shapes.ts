// A shape by kind, as points around a centre; the canvas and the SVG export draw the same ones.

export type Point = [x: number, y: number];

const polygon = (count: number, turn: number, radius = 1): Point[] =>
  Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

const star = (): Point[] =>
  polygon(10, -Math.PI / 2).map(([x, y], i) => (i % 2 ? [0.5 * x, 0.5 * y] : [1.15 * x, 1.15 * y]));

/** Corners by vis-network's names of shapes; a dot has none. */
export const CORNERS: Record<string, Point[]> = {
  dot: [],
  square: polygon(4, Math.PI / 4, 1.2),
  diamond: polygon(4, 0, 1.2),
  triangle: polygon(3, -Math.PI / 2, 1.2),
  triangleDown: polygon(3, Math.PI / 2, 1.2),
  hexagon: polygon(6, 0, 1.05),
  star: star(),
};

interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  closePath(): void;
}

export function trace(pen: Pen, shape: string, x: number, y: number, radius: number): void {
  const corners = CORNERS[shape] ?? [];
  // Below a few pixels nobody sees the shape, and circles are what there is room for.
  if (!corners.length || radius < 1.6) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([cx, cy], i) => (i ? pen.lineTo(x + radius * cx, y + radius * cy) : pen.moveTo(x + radius * cx, y + radius * cy)));
  pen.closePath();
}

export const svgPath = (shape: string, x: number, y: number, radius: number): string => {
  const at = (value: number) => value.toFixed(1);
  const corners = CORNERS[shape] ?? [];
  if (!corners.length) return `M${at(x - radius)} ${at(y)}a${at(radius)} ${at(radius)} 0 1 0 ${at(2 * radius)} 0a${at(radius)} ${at(radius)} 0 1 0 ${at(-2 * radius)} 0Z`;
  return `${corners.map(([cx, cy], i) => `${i ? "L" : "M"}${at(x + radius * cx)} ${at(y + radius * cy)}`).join("")}Z`;
};
