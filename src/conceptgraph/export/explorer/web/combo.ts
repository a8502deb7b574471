// A search field with a list of hits below it: arrows choose, Enter takes, Escape closes.

import { h } from "./dom";
import type { Hit } from "./search";

interface Options {
  find(query: string): Hit[];
  option(hit: Hit): Node[];
  choose(node: number): void;
  say(text: string): void;
}

export class Combo {
  private hits: Hit[] = [];
  private active = -1;

  constructor(private input: HTMLInputElement, private list: HTMLElement, private options: Options) {
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.update());
    input.addEventListener("focus", () => { if (input.value.trim() && this.hits.length) this.open(); });
    input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== input) this.close(); }, 120));
    input.addEventListener("keydown", (event) => this.key(event));
    // The field keeps the focus, or it would close the list before the click arrives.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get isOpen(): boolean {
    return !this.list.hidden;
  }

  /** Take the best hit for what stands in the field, as Enter does. */
  take(): boolean {
    if (!this.hits.length) this.update();
    const hit = this.hits[Math.max(0, this.active)];
    if (!hit) return false;
    this.close();
    this.options.choose(hit.node);
    return true;
  }

  private update(): void {
    const query = this.input.value.trim();
    this.hits = query ? this.options.find(query) : [];
    this.active = this.hits.length ? 0 : -1;
    if (!query) return this.close();
    this.list.replaceChildren(...this.hits.map((hit, i) => this.row(hit, i)));
    if (!this.hits.length) this.list.replaceChildren(h("div", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, `Nothing is called “${query}”`));
    this.open();
    this.options.say(this.hits.length ? `${this.hits.length} results, first: ${this.hits[0]!.name}` : "no results");
  }

  private row(hit: Hit, i: number): HTMLElement {
    const row = h("div", { role: "option", id: `${this.list.id}-${i}`, class: "hit" }, ...this.options.option(hit));
    row.addEventListener("click", () => {
      this.active = i;
      this.take();
    });
    return row;
  }

  private open(): void {
    this.list.hidden = false;
    this.mark();
  }

  close(): void {
    this.list.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  private mark(): void {
    if (!this.hits.length) return;
    [...this.list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === this.active)));
    const row = this.list.children[this.active];
    if (!row) return;
    this.input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.hits.length) {
      this.active = this.isOpen ? (this.active + step + this.hits.length) % this.hits.length : this.active;
      this.open();
    } else if (event.key === "Enter") {
      this.take();
    } else if (event.key === "Escape" && (this.isOpen || this.input.value)) {
      if (!this.isOpen) this.input.value = "";
      this.close();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }
}
