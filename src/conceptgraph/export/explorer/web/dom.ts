// Elements with text only: nothing from articles or vocabulary is ever read as markup.

type Child = Node | string | null | undefined | false;
type Given = Record<string, string | number | boolean | EventListener | undefined>;

/** Make an element. Keys that begin with "on" are listeners, `class` is its class, others attributes. */
export function h<K extends keyof HTMLElementTagNameMap>(name: K, given: Given = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== undefined && value !== false) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page lacks #${id}`);
  return found as T;
}

/** A link to the outside, for addresses of the web only. */
export function outside(url: string, text: string): HTMLAnchorElement | null {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    return null;
  }
  if (address.protocol !== "https:" && address.protocol !== "http:") return null;
  return h("a", { href: address.href, rel: "noopener noreferrer", target: "_blank", class: "outside" }, text);
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
