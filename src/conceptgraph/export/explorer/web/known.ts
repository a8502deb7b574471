// Which concepts the reader knows, and which articles were read: kept in the browser, carried from page to page as
// {"known": [ids]} and {"read": [ids]}.

type What = "known" | "read";

export class Known {
  readonly ids: Set<string>;

  constructor(private storage: Pick<Storage, "getItem" | "setItem"> | null, private what: What = "known") {
    this.ids = new Set(parseKnown(read(storage, what), what) ?? []);
  }

  set(id: string, knows: boolean): void {
    if (knows) this.ids.add(id);
    else this.ids.delete(id);
    this.keep();
  }

  /** Add what a file says; false where it is none of ours. */
  add(text: string): boolean {
    const ids = parseKnown(text, this.what);
    for (const id of ids ?? []) this.ids.add(id);
    this.keep();
    return ids !== null;
  }

  toJson(): string {
    return `${JSON.stringify({ [this.what]: [...this.ids].sort() }, null, 2)}\n`;
  }

  private keep(): void {
    try {
      this.storage?.setItem(keyOf(this.what), this.toJson());
    } catch {
      // A browser that keeps nothing for this page: what is known holds until it is closed.
    }
  }
}

const keyOf = (what: What): string => `conceptgraph.${what}`;

function read(storage: Pick<Storage, "getItem"> | null, what: What): string {
  try {
    return storage?.getItem(keyOf(what)) ?? "";
  } catch {
    return "";
  }
}

export function parseKnown(text: string, what: What = "known"): string[] | null {
  try {
    const ids = (JSON.parse(text) as Partial<Record<What, unknown>>)[what];
    return Array.isArray(ids) && ids.every((id) => typeof id === "string") ? ids : null;
  } catch {
    return null;
  }
}
