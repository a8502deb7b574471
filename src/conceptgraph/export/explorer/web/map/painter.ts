// Keeps the map smooth however much is on it: while it moves, a bitmap larger than the window is shifted and scaled,
// with a bitmap of the whole map below it; at rest the scene is drawn anew, in slices that leave time for input, the
// window first and then what lies around it.

import { toScreen, type Camera, type Size } from "./camera";
import type { Rect } from "./declutter";
import { draw, type Placed } from "./draw";
import type { Scene } from "./scene";

/** How much of the window's size the bitmap reaches beyond it, on each side. */
const OVERSCAN = 0.22;
const SLICE_MOVING = 5;
const SLICE_AT_REST = 24;
/** After the last movement, in milliseconds. */
const REST = 45;
/** Canvases beyond this many pixels are slow to blit and may be refused. */
const MOST_PIXELS = 24e6;

interface Bitmap { canvas: HTMLCanvasElement; camera: Camera; size: Size }
interface Job { ctx: CanvasRenderingContext2D; steps: Generator<void>; target: Bitmap; labels: Placed[]; whole: boolean }
/** Bitmaps kept to be drawn on again: a large canvas takes long to make. */
const SPARES = 2;

export class Painter {
  private readonly ctx: CanvasRenderingContext2D;
  private front: Bitmap | null = null;
  private spares: HTMLCanvasElement[] = [];
  private below: Bitmap | null = null;
  private job: Job | null = null;
  private asked = false;
  /** What the window shows is no longer what it should. */
  private dirty = true;
  private stale = true;
  private movedAt = -Infinity;
  /** Steps of drawing between two times that the browser is made to do them. */
  private batch = 8;
  private scene: Scene | null = null;
  private size: Size = { width: 1, height: 1 };
  private ratio = 1;
  camera: Camera = { x: 0, y: 0, k: 20 };
  /** Names as they stand in the window, once it is exact. */
  labels: Placed[] = [];
  /** Drawn over each frame. */
  overlay: (ctx: CanvasRenderingContext2D, camera: Camera, size: Size) => void = () => {};
  wholeCamera: () => Camera = () => this.camera;
  /** What of the window lies below controls. */
  covered: () => Rect[] = () => [];

  constructor(private canvas: HTMLCanvasElement) {
    this.ctx = canvas.getContext("2d", { alpha: false })!;
  }

  resize(width: number, height: number, ratio: number): void {
    const most = Math.sqrt(MOST_PIXELS / (width * height * (1 + 2 * OVERSCAN) ** 2 || 1));
    this.ratio = Math.min(ratio, Math.max(1, most));
    this.size = { width, height };
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    this.front = this.below = this.job = null;
    this.spares = [];
    this.touch();
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.below = null;
    this.touch();
  }

  /** The scene is another: draw it anew. */
  touch(): void {
    this.stale = true;
    if (this.job) this.drop(this.job);
    this.ask();
  }

  move(camera: Camera): void {
    this.camera = camera;
    this.movedAt = performance.now();
    this.ask();
  }

  /** Show a frame anew: the camera or what is drawn over the map has changed. */
  ask(): void {
    this.dirty = true;
    this.next();
  }

  private next(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame((now) => {
      this.asked = false;
      this.frame(now);
    });
  }

  get exact(): boolean {
    return !this.stale && !this.job && this.front !== null && this.matches(this.front.camera);
  }

  private matches({ x, y, k }: Camera): boolean {
    const { camera } = this;
    return Math.abs(k / camera.k - 1) < 1e-6 && Math.hypot(x - camera.x, y - camera.y) * camera.k < 0.01;
  }

  private frame(now: number): void {
    if (!this.scene) return;
    const moving = now - this.movedAt < REST;
    // At rest nobody waits for what was begun on the way here.
    if (this.job && !moving && !this.job.whole && !this.matches(this.job.target.camera)) this.drop(this.job);
    this.job ??= this.nextJob(moving);
    if (this.job) this.work(this.job, now + (moving ? SLICE_MOVING : SLICE_AT_REST));
    if (this.dirty) this.blit();
    const { exact } = this;
    this.canvas.dataset["exact"] = String(exact && !moving);
    if (this.job || moving || this.stale || !exact || !this.below) this.next();
  }

  private drop(job: Job): void {
    if (!job.whole) this.keep(job.target.canvas);
    this.job = null;
  }

  private nextJob(moving: boolean): Job | null {
    const { front } = this;
    if (moving) return this.stale || !front || this.beyond(front) ? this.wide() : null;
    if (this.stale || !front || !this.matches(front.camera)) return this.narrow();
    if (front.size.width === this.size.width) return this.wide();
    return this.below ? null : this.whole();
  }

  /** True where the bitmap no longer fills the window, or is scaled so much that it looks coarse. */
  private beyond(bitmap: Bitmap): boolean {
    return this.camera.k / bitmap.camera.k > 2.5 || this.bare(bitmap);
  }

  private bare({ camera, size }: Bitmap): boolean {
    const scale = this.camera.k / camera.k;
    const [dx, dy] = [Math.abs(camera.x - this.camera.x) * this.camera.k, Math.abs(camera.y - this.camera.y) * this.camera.k];
    return dx > (size.width * scale - this.size.width) / 2 || dy > (size.height * scale - this.size.height) / 2;
  }

  /** What the window shows. */
  private narrow(): Job {
    return this.anew(this.size);
  }

  /** That and what lies around it, for when it moves. */
  private wide(): Job {
    const { width, height } = this.size;
    return this.anew({ width: Math.round(width * (1 + 2 * OVERSCAN)), height: Math.round(height * (1 + 2 * OVERSCAN)) });
  }

  private anew(size: Size): Job {
    const at = this.spares.findIndex((canvas) => canvas.width === Math.round(size.width * this.ratio));
    const canvas = at < 0 ? document.createElement("canvas") : this.spares.splice(at, 1)[0]!;
    return this.start({ canvas, camera: { ...this.camera }, size }, this.ratio, false);
  }

  private keep(canvas: HTMLCanvasElement): void {
    this.spares = [canvas, ...this.spares].slice(0, SPARES);
  }

  private whole(): Job {
    const bitmap = { canvas: document.createElement("canvas"), camera: this.wholeCamera(), size: this.size };
    return this.start(bitmap, 1, true);
  }

  private start(target: Bitmap, ratio: number, whole: boolean): Job {
    const [width, height] = [Math.round(target.size.width * ratio), Math.round(target.size.height * ratio)];
    if (target.canvas.width !== width || target.canvas.height !== height) Object.assign(target.canvas, { width, height });
    const labels: Placed[] = [];
    // In the CPU's memory, where drawing can be cut into slices: see `settle`.
    const ctx = target.canvas.getContext("2d", { alpha: false, willReadFrequently: true })!;
    const view = { camera: target.camera, size: target.size, ratio, window: this.size, covered: this.covered() };
    return { ctx, steps: draw(ctx, this.scene!, view, labels), target, labels, whole };
  }

  private work(job: Job, until: number): void {
    let done: boolean | undefined;
    for (let steps = 1; !done; steps++) {
      done = job.steps.next().done;
      const late = performance.now() >= until;
      if (!done && !late && steps % this.batch) continue;
      this.settle(job.ctx);
      if (!done && (late || performance.now() >= until)) return;
    }
    this.finish(job);
  }

  /**
   * Browsers only note what is drawn and do it later, all at once; reading a pixel back makes them do it now. That
   * copies the canvas, so as much is done between two times as takes a few milliseconds.
   */
  private settle(ctx: CanvasRenderingContext2D): void {
    const start = performance.now();
    ctx.getImageData(0, 0, 1, 1);
    const taken = performance.now() - start;
    if (taken > 12) this.batch = Math.max(2, this.batch >> 1);
    else if (taken < 7) this.batch = Math.min(128, this.batch * 2);
  }

  private finish(job: Job): void {
    this.job = null;
    this.dirty = true;
    if (job.whole) {
      this.below = job.target;
      return;
    }
    this.stale = false;
    if (this.front) this.keep(this.front.canvas);
    this.front = job.target;
    const [left, top] = [(job.target.size.width - this.size.width) / 2, (job.target.size.height - this.size.height) / 2];
    this.labels = job.labels.map((label) => ({ ...label, x: label.x - left, y: label.y - top }));
  }

  private blit(): void {
    this.dirty = false;
    const { ctx, ratio, size, camera } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.globalAlpha = 1;
    ctx.fillStyle = this.scene!.theme.ground;
    ctx.fillRect(0, 0, size.width, size.height);
    if (this.below && (!this.front || this.bare(this.front))) this.put(this.below);
    if (this.front) this.put(this.front);
    this.overlay(ctx, camera, size);
  }

  private put({ canvas, camera, size }: Bitmap): void {
    const scale = this.camera.k / camera.k;
    const [x, y] = toScreen(this.camera, this.size, camera.x, camera.y);
    const still = scale === 1;
    const left = x - (size.width * scale) / 2;
    const top = y - (size.height * scale) / 2;
    const snap = (value: number) => (still ? Math.round(value * this.ratio) / this.ratio : value);
    this.ctx.imageSmoothingEnabled = !still;
    this.ctx.drawImage(canvas, snap(left), snap(top), size.width * scale, size.height * scale);
  }
}
