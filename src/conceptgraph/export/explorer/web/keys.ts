// The keyboard: everywhere, and on the map.

export const KEYS: [keys: string, does: string][] = [
  ["/", "search"],
  ["Enter", "go to the chosen result; on the map: to the details of the selected"],
  ["Esc", "one step back: close, leave, show everything"],
  ["Arrows", "on the map: walk to the neighbour in that direction"],
  [", .", "on the map: the neighbours one by one, by strength"],
  ["Shift + arrows", "on the map: move it"],
  ["+ − 0", "zoom in, zoom out, show all"],
  ["M", "to the map"],
  ["D", "to the details"],
  ["P", "find a path"],
  ["S", "make a study path"],
  ["F", "filters"],
  ["1 2 3", "show only so many hops around the selected; again: everything"],
  ["?", "these keys"],
];

export interface Commands {
  search(): void;
  escape(): void;
  map(): void;
  details(): void;
  path(): void;
  study(): void;
  filters(): void;
  help(): void;
  hops(count: number): void;
  zoom(factor: number): void;
  fit(): void;
}

export function listenToKeys(to: Commands): void {
  const plain: Record<string, () => void> = {
    "/": to.search, "?": to.help, m: to.map, d: to.details, p: to.path, s: to.study, f: to.filters,
    "1": () => to.hops(1), "2": () => to.hops(2), "3": () => to.hops(3),
    "+": () => to.zoom(1.5), "=": () => to.zoom(1.5), "-": () => to.zoom(1 / 1.5), "0": to.fit,
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") return to.escape();
    const typing = event.target instanceof HTMLElement && event.target.matches("input:not([type=range]), select, textarea");
    const command = typing ? undefined : plain[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!command) return;
    event.preventDefault();
    command();
  });
}

export interface Walk {
  go(dx: number, dy: number): void;
  pan(dx: number, dy: number): void;
  next(step: number): void;
  enter(): void;
}

const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function listenToMapKeys(canvas: HTMLElement, to: Walk): void {
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) to.pan(-80 * arrow[0], -80 * arrow[1]);
    else if (arrow) to.go(...arrow);
    else if (event.key === "." || event.key === ",") to.next(event.key === "." ? 1 : -1);
    else if (event.key === "Enter" || event.key === " ") to.enter();
    else return;
    event.preventDefault();
  });
}
