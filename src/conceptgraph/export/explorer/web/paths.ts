// Ways from one node to another: the best few, each over links that mean something.
//
// A step costs -ln(strength), and passing through a node costs ln(degree), so that hubs ("database") shortcut nothing.
// Yen's algorithm (1971) for the k best loopless paths, with the distances to the goal, found once, as A*'s estimate.

import { Heap } from "./heap";

export interface Net {
  size: number;
  first: Uint32Array;
  incident: Uint32Array;
  a: Uint32Array;
  b: Uint32Array;
  strength: Float32Array;
  degree: Uint32Array;
}

export interface Path { nodes: number[]; edges: number[]; cost: number }

const LEAST = 0.02;
/** A link costs at least this much, or the surest chains would be free however long. */
const STEP = 0.5;
const CANDIDATES = 40;

export const stepCost = (strength: number): number => STEP - Math.log(Math.min(1, Math.max(LEAST, strength)));
export const hubCost = (degree: number): number => 0.6 * Math.log(Math.max(1, degree));

const other = (net: Net, edge: number, node: number): number => (net.a[edge] === node ? net.b[edge]! : net.a[edge]!);

/** Cost from every node to `goal`: of the links, and of the nodes passed through on the way. */
export function costsTo(net: Net, goal: number, usable: (edge: number) => boolean): Float64Array {
  const costs = new Float64Array(net.size).fill(Infinity);
  costs[goal] = 0;
  const heap = new Heap();
  heap.push(goal, 0);
  while (heap.size) {
    const [node, cost] = heap.pop();
    if (cost > costs[node]!) continue;
    const passing = node === goal ? 0 : hubCost(net.degree[node]!);
    for (let i = net.first[node]!; i < net.first[node + 1]!; i++) {
      const edge = net.incident[i]!;
      if (!usable(edge)) continue;
      const next = other(net, edge, node);
      const total = cost + passing + stepCost(net.strength[edge]!);
      if (total < costs[next]!) {
        costs[next] = total;
        heap.push(next, total);
      }
    }
  }
  return costs;
}

interface Bans { nodes: Set<number>; edges: Set<number>; usable: (edge: number) => boolean }

/** Cheapest way from `start` to `goal` that avoids what is banned; `ahead` holds the costs without bans. */
function cheapest(net: Net, start: number, goal: number, ahead: Float64Array, bans: Bans): Path | null {
  const cost = new Map([[start, 0]]);
  const via = new Map<number, number>();
  const heap = new Heap();
  heap.push(start, ahead[start]!);
  const done = new Set<number>();
  while (heap.size) {
    const [node] = heap.pop();
    if (node === goal) return traced(net, start, goal, via, cost.get(goal)!);
    if (done.has(node)) continue;
    done.add(node);
    const passing = node === start ? 0 : hubCost(net.degree[node]!);
    for (let i = net.first[node]!; i < net.first[node + 1]!; i++) {
      const edge = net.incident[i]!;
      const next = other(net, edge, node);
      if (ahead[next] === Infinity || bans.edges.has(edge) || bans.nodes.has(next) || done.has(next) || !bans.usable(edge)) continue;
      const total = cost.get(node)! + passing + stepCost(net.strength[edge]!);
      if (total < (cost.get(next) ?? Infinity)) {
        cost.set(next, total);
        via.set(next, edge);
        heap.push(next, total + ahead[next]! + (next === goal ? 0 : hubCost(net.degree[next]!)));
      }
    }
  }
  return null;
}

function traced(net: Net, start: number, goal: number, via: Map<number, number>, cost: number): Path {
  const nodes = [goal];
  const edges: number[] = [];
  for (let node = goal; node !== start; ) {
    const edge = via.get(node)!;
    node = other(net, edge, node);
    edges.unshift(edge);
    nodes.unshift(node);
  }
  return { nodes, edges, cost };
}

function costOf(net: Net, edges: number[], nodes: number[]): number {
  const steps = edges.reduce((sum, edge) => sum + stepCost(net.strength[edge]!), 0);
  return nodes.slice(1, -1).reduce((sum, node) => sum + hubCost(net.degree[node]!), steps);
}

/** Yen's candidates: each leaves a known path at one node and goes on another way. */
function spurs(net: Net, path: Path, known: Path[], goal: number, ahead: Float64Array, usable: Bans["usable"]): Path[] {
  const found: Path[] = [];
  for (let i = 0; i < path.nodes.length - 1; i++) {
    const root = path.nodes.slice(0, i + 1);
    const banned = new Set<number>();
    for (const each of known) {
      if (!root.every((node, at) => each.nodes[at] === node)) continue;
      // All links between the two, or the next "path" would be the same one over a second link.
      const [here, next] = [each.nodes[i]!, each.nodes[i + 1]!];
      for (let j = net.first[here]!; j < net.first[here + 1]!; j++) {
        if (other(net, net.incident[j]!, here) === next) banned.add(net.incident[j]!);
      }
    }
    const spur = cheapest(net, root[i]!, goal, ahead, { nodes: new Set(root.slice(0, i)), edges: banned, usable });
    if (!spur) continue;
    const nodes = [...root.slice(0, -1), ...spur.nodes];
    const edges = [...path.edges.slice(0, i), ...spur.edges];
    found.push({ nodes, edges, cost: costOf(net, edges, nodes) });
  }
  return found;
}

/** True for a path that passes through all that another does, and more: a detour of it. */
const detours = (path: Path, known: Path): boolean =>
  known.nodes.length > 2 && known.nodes.every((node) => path.nodes.includes(node));

export function bestPaths(net: Net, start: number, goal: number, count = 3, usable: (edge: number) => boolean = () => true): Path[] {
  if (start === goal) return [];
  const ahead = costsTo(net, goal, usable);
  const best = ahead[start] === Infinity ? null : cheapest(net, start, goal, ahead, { nodes: new Set(), edges: new Set(), usable });
  if (!best) return [];
  const known = [best];
  const chosen = [best];
  const waiting: Path[] = [];
  const seen = new Set([best.nodes.join()]);
  while (chosen.length < count && known.length < CANDIDATES) {
    for (const spur of spurs(net, known.at(-1)!, known, goal, ahead, usable)) {
      if (!seen.has(spur.nodes.join())) {
        seen.add(spur.nodes.join());
        waiting.push(spur);
      }
    }
    waiting.sort((p, q) => p.cost - q.cost);
    const next = waiting.shift();
    if (!next) break;
    known.push(next);
    if (!chosen.some((path) => detours(next, path))) chosen.push(next);
  }
  return chosen;
}
