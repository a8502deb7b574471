// Pointer events on the map as what they mean: pan, zoom (wheel, pinch), point, click.

export interface Gestures {
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  point(x: number, y: number): void;
  click(x: number, y: number, reach: number): void;
}

/** A pointer that moved less than this many pixels clicked. */
const SLOP = 4;

export function listen(canvas: HTMLCanvasElement, to: Gestures): void {
  const down = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  const at = (event: MouseEvent) => ({ x: event.offsetX, y: event.offsetY });

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    canvas.setPointerCapture(event.pointerId);
    if (!down.size) travelled = 0;
    down.set(event.pointerId, at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    const now = at(event);
    if (!before) return to.point(now.x, now.y);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const spread = (one: { x: number; y: number }) => Math.max(8, Math.hypot(one.x - other.x, one.y - other.y));
      to.zoom(spread(now) / spread(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
      to.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    } else if (travelled > SLOP) {
      to.pan(now.x - before.x, now.y - before.y);
    }
    down.set(event.pointerId, now);
  });
  const up = (event: PointerEvent): void => {
    const known = down.delete(event.pointerId);
    if (known && event.type === "pointerup" && !down.size && travelled <= SLOP) {
      to.click(event.offsetX, event.offsetY, event.pointerType === "touch" ? 18 : 6);
    }
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => to.point(-1e6, -1e6));
  canvas.addEventListener("dblclick", (event) => to.zoom(1.8, event.offsetX, event.offsetY));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 18 : 1;
    const step = Math.max(-120, Math.min(120, event.deltaY * lines));
    to.zoom(Math.exp(-step * (event.ctrlKey ? 0.01 : 0.0022)), event.offsetX, event.offsetY);
  }, { passive: false });
}
