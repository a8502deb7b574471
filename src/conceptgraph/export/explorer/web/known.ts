// Which concepts the reader knows: kept in the browser, carried from page to page as {"known": [ids]}.

const KEY = "conceptgraph.known";

export class Known {
  readonly ids: Set<string>;

  constructor(private storage: Pick<Storage, "getItem" | "setItem"> | null) {
    this.ids = new Set(parseKnown(read(storage)) ?? []);
  }

  set(id: string, knows: boolean): void {
    if (knows) this.ids.add(id);
    else this.ids.delete(id);
    this.keep();
  }

  /** Add what a file says; false where it is none of ours. */
  add(text: string): boolean {
    const ids = parseKnown(text);
    for (const id of ids ?? []) this.ids.add(id);
    this.keep();
    return ids !== null;
  }

  toJson(): string {
    return `${JSON.stringify({ known: [...this.ids].sort() }, null, 2)}\n`;
  }

  private keep(): void {
    try {
      this.storage?.setItem(KEY, this.toJson());
    } catch {
      // A browser that keeps nothing for this page: what is known holds until it is closed.
    }
  }
}

function read(storage: Pick<Storage, "getItem"> | null): string {
  try {
    return storage?.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function parseKnown(text: string): string[] | null {
  try {
    const known = (JSON.parse(text) as { known?: unknown }).known;
    return Array.isArray(known) && known.every((id) => typeof id === "string") ? known : null;
  } catch {
    return null;
  }
}
