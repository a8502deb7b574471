// What the reader looks at, and how it stands in the address.

export type Place =
  | { at: "overview" }
  | { at: "node"; node: string }
  | { at: "read"; node: string }
  | { at: "link"; a: string; b: string }
  | { at: "path"; a: string; b: string }
  | { at: "community"; number: number }
  | Study;

/** A study path: to what, within how many minutes (0 for as many as it takes), which articles not to read, and whether who knows a concept need not know what that needs. */
export interface Study { at: "study"; goals: string[]; minutes: number; without: string[]; strict: boolean }

export const SHOWS = ["all", "vocabulary", "new", "familiar", "unfamiliar"] as const;
export type Show = (typeof SHOWS)[number];

export interface State {
  place: Place;
  /** Neighbourhood that is shown alone, in hops around the selected node; 0 shows all. */
  hops: number;
  /** Kinds not shown. */
  hidden: string[];
  /** Links below this weight, in hundredths, are not shown. */
  weight: number;
  /** First and last date of articles that are shown, ISO; empty for no bound. */
  from: string;
  to: string;
  articles: boolean;
  show: Show;
  /** The only community shown; -1 for all. */
  within: number;
}

export const START: State = {
  place: { at: "overview" }, hops: 0, hidden: [], weight: 0, from: "", to: "", articles: true, show: "all", within: -1,
};

/** Node references are ``concept:id`` and ``article:id``; an address leaves ``concept:`` out where that is clear. */
const short = (ref: string): string => {
  const id = ref.replace(/^concept:/, "");
  return encodeURIComponent(ref.startsWith("concept:") && !/^(article|concept):/.test(id) ? id : ref);
};
const long = (text: string): string => (/^(article|concept):/.test(text) ? text : `concept:${text}`);

function placePath(place: Place): string {
  switch (place.at) {
    case "overview": return "";
    case "node": {
      const [kind] = place.node.split(":", 1);
      return `${kind}/${encodeURIComponent(place.node.slice(kind!.length + 1))}`;
    }
    case "read": return `read/${encodeURIComponent(place.node.replace(/^article:/, ""))}`;
    case "community": return `community/${place.number}`;
    case "study": return `study/${place.goals.map(short).join("+")}`;
    default: return `${place.at}/${short(place.a)}/${short(place.b)}`;
  }
}

export function toHash(state: State): string {
  const query = new URLSearchParams();
  if (state.place.at === "study" && state.place.minutes) query.set("minutes", String(state.place.minutes));
  if (state.place.at === "study" && state.place.without.length) query.set("without", state.place.without.join(","));
  if (state.place.at === "study" && state.place.strict) query.set("strict", "1");
  if (state.hops) query.set("hops", String(state.hops));
  if (state.hidden.length) query.set("hide", [...state.hidden].sort().join(","));
  if (state.weight) query.set("weight", String(state.weight));
  if (state.from) query.set("from", state.from);
  if (state.to) query.set("to", state.to);
  if (!state.articles) query.set("articles", "0");
  if (state.show !== "all") query.set("show", state.show);
  if (state.within >= 0) query.set("in", String(state.within));
  const text = query.toString();
  return `#${placePath(state.place)}${text ? `?${text}` : ""}`;
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

function toPlace(path: string, of: URLSearchParams): Place {
  const [at = "", ...rest] = path.split("/");
  const parts = rest.map(decoded);
  const id = parts.join("/");
  if ((at === "concept" || at === "article") && id) return { at: "node", node: `${at}:${id}` };
  if (at === "read" && id) return { at: "read", node: `article:${id}` };
  if (at === "community" && /^\d+$/.test(id)) return { at: "community", number: Number(id) };
  if (at === "study") {
    const goals = rest.join("/").split("+").filter(Boolean).map((goal) => long(decoded(goal)));
    return { at, goals: [...new Set(goals)], minutes: bounded(of.get("minutes"), 1, 1e5, 0), without: words(of.get("without")), strict: of.get("strict") === "1" };
  }
  if (at === "path") return { at, a: parts[0] ? long(parts[0]) : "", b: parts[1] ? long(parts[1]) : "" };
  if (at === "link" && parts.length === 2) return { at, a: long(parts[0]!), b: long(parts[1]!) };
  return { at: "overview" };
}

const words = (text: string | null): string[] => (text ?? "").split(",").filter(Boolean).sort();
const bounded = (text: string | null, low: number, high: number, otherwise: number): number => {
  const value = text === null || text === "" ? NaN : Number(text);
  return Number.isInteger(value) && value >= low && value <= high ? value : otherwise;
};
const date = (text: string | null): string => (/^\d{4}-\d\d-\d\d$/.test(text ?? "") ? text! : "");

export function fromHash(hash: string): State {
  const [path = "", query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const of = new URLSearchParams(query);
  const show = of.get("show") as Show;
  return {
    place: toPlace(path, of),
    hops: bounded(of.get("hops"), 1, 3, 0),
    hidden: words(of.get("hide")),
    weight: bounded(of.get("weight"), 0, 100, 0),
    from: date(of.get("from")),
    to: date(of.get("to")),
    articles: of.get("articles") !== "0",
    show: SHOWS.includes(show) ? show : "all",
    within: bounded(of.get("in"), 0, 1e6, -1),
  };
}

/** Where Escape leads from a place. */
export function parent(state: State): State {
  const { place } = state;
  if (state.hops && place.at === "node") return { ...state, hops: 0 };
  if (place.at === "read") return { ...state, place: { at: "node", node: place.node } };
  if (place.at === "study" && place.goals.length) return { ...state, place: { at: "node", node: place.goals[0]! } };
  if (place.at === "link") return { ...state, place: { at: "node", node: place.a } };
  if (place.at === "community") return { ...state, place: { at: "overview" }, within: -1 };
  return { ...state, place: { at: "overview" }, hops: 0 };
}
