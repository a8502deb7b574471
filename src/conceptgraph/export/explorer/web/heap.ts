/** A binary heap of numbers, the one with the least cost first. */
export class Heap {
  private items: number[] = [];
  private costs: number[] = [];

  get size(): number {
    return this.items.length;
  }

  push(item: number, cost: number): void {
    const { items, costs } = this;
    let i = items.length;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (costs[up]! <= cost) break;
      items[i] = items[up]!;
      costs[i] = costs[up]!;
      i = up;
    }
    items[i] = item;
    costs[i] = cost;
  }

  pop(): [item: number, cost: number] {
    const { items, costs } = this;
    const top: [number, number] = [items[0]!, costs[0]!];
    const item = items.pop()!;
    const cost = costs.pop()!;
    const size = items.length;
    if (!size) return top;
    let i = 0;
    for (let child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && costs[child + 1]! < costs[child]!) child++;
      if (costs[child]! >= cost) break;
      items[i] = items[child]!;
      costs[i] = costs[child]!;
      i = child;
    }
    items[i] = item;
    costs[i] = cost;
    return top;
  }
}
