"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const plain = (node) => node.slice(node.indexOf(":") + 1);
  const isArticle = (node) => node.startsWith("article:");
  const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
  const ofArticle = new Map(), ofConcept = new Map();
  for (const [article, concept, weight, quote] of data.mentions) {
    for (const [map, key, other] of [[ofArticle, article, `concept:${concept}`], [ofConcept, concept, `article:${article}`]]) {
      if (!map.has(key)) map.set(key, []);
      map.get(key).push({ other, weight, quote });
    }
  }
  for (const list of ofConcept.values()) list.sort((a, b) => b.weight - a.weight);
  const related = new Map();
  for (const [source, target, kind] of data.related) {
    for (const [one, other] of [[source, target], [target, source]]) {
      if (!related.has(one)) related.set(one, new Map());
      const known = related.get(one);
      if (!known.has(other)) known.set(other, []);
      known.get(other).push({ kind, out: one === source });
    }
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const fontColor = () => (dark.matches ? "#e6edf3" : "#1c2128");
  const hiddenKinds = new Set();
  let focus = null;
  let near = new Set();
  const importance = (node) => (isArticle(node.id) ? 1000 : 0) + (isArticle(node.id) ? ofArticle : ofConcept).get(plain(node.id))?.length || 0;
  const ranked = [...data.nodes].sort((a, b) => importance(b) - importance(a) || (a.id < b.id ? -1 : 1));
  const short = (node) => (node.label.length > 34 && isArticle(node.id) ? `${node.label.slice(0, 32).trimEnd()}…` : node.label);
  const isFaint = (node) => focus !== null && node.id !== focus && !near.has(node.id);
  const isHidden = (node) => hiddenKinds.has(node.group);

  // Labels keep their size on screen; the more important one is written where two would overlap, the other on zooming in.
  const LABEL = 13, CELL = 40;
  const labelled = (scale) => {
    const taken = new Map(), shown = new Set();
    const cells = (box, visit) => {
      for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
        for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) if (visit(`${x},${y}`)) return true;
      }
      return false;
    };
    const hits = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const first = (node) => (node.id === focus ? 0 : near.has(node.id) ? 1 : 2);
    for (const node of focus === null ? ranked : [...ranked].sort((a, b) => first(a) - first(b))) {
      if (isHidden(node) || isFaint(node)) continue;
      const x = node.x * scale, y = (node.y + node.size) * scale + 2, half = short(node).length * LABEL * 0.29 + 3;
      const box = [x - half, y, x + half, y + LABEL + 4];
      if (cells(box, (cell) => (taken.get(cell) || []).some((other) => hits(box, other)))) continue;
      cells(box, (cell) => void taken.set(cell, [...(taken.get(cell) || []), box]));
      shown.add(node.id);
    }
    return shown;
  };

  const looks = (shown, scale) => (node) => {
    const color = isArticle(node.id) ? (dark.matches ? "#c9d1d9" : "#24292f") : node.color;
    const font = { size: LABEL / scale, face: "system-ui, sans-serif", color: fontColor(), strokeWidth: 3 / scale, strokeColor: dark.matches ? "#12161c" : "#ffffff", vadjust: -4 / scale };
    return { id: node.id, color, hidden: isHidden(node), opacity: isFaint(node) ? 0.12 : 1, label: shown.has(node.id) ? short(node) : "", font };
  };
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, label: "", title: node.label })));
  const edges = new vis.DataSet(data.edges.map((edge, id) => ({ ...edge, id })));
  const network = new vis.Network(byId("map"), { nodes, edges }, data.options);
  const relabel = () => {
    const scale = network.getScale();
    nodes.update(data.nodes.map(looks(labelled(scale), scale)));
  };
  const repaint = () => {
    relabel();
    edges.update(data.edges.map((edge, id) => ({ id, hidden: focus !== null && edge.from !== focus && edge.to !== focus })));
  };
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(relabel, 60);
  };
  for (const event of ["zoom", "animationFinished", "resize"]) network.on(event, soon);
  network.once("afterDrawing", soon);
  dark.addEventListener("change", repaint);

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const way = (node) => {
    const button = element("button", nodeOf.get(node).label);
    button.type = "button";
    button.addEventListener("click", () => select(node, true));
    return button;
  };
  const listing = (title, entries) => {
    if (!entries.length) return [];
    const list = element("ul");
    for (const { other, quote, why } of entries) {
      const item = element("li");
      item.append(way(other));
      if (why) item.append(element("span", ` ${why}`, "what"));
      if (quote) item.append(element("blockquote", quote));
      list.append(item);
    }
    return [element("h3", title), list];
  };
  const link = (url) => {
    if (!/^https?:\/\//i.test(url)) return [];
    const anchor = element("a", "Read the source");
    Object.assign(anchor, { href: url, rel: "noopener noreferrer", target: "_blank" });
    const paragraph = element("p");
    paragraph.append(anchor);
    return [paragraph];
  };
  const WHY = { broader: ["is broader", "is narrower"], co_occurs: ["often mentioned together", "often mentioned together"], related: ["related", "related"], links_to: ["linked from here", "links here"],
    part_of: ["contains it", "is a part of it"], implements: ["is what it implements", "implements it"], builds_on: ["is what it builds on", "builds on it"], requires: ["is needed for it", "needs it"],
    contrasts_with: ["in contrast", "in contrast"], successor_of: ["came before it", "came after it"] };
  const details = (node) => {
    const id = plain(node), shown = nodeOf.get(node);
    const why = (kinds) => [...new Set(kinds.map(({ kind, out }) => (WHY[kind] || [kind, kind])[out ? 0 : 1]))].join("; ");
    const around = [...(related.get(node) || [])].map(([other, kinds]) => ({ other, why: `(${why(kinds)})` }));
    if (isArticle(node)) {
      const article = data.articles[id];
      const what = element("p", ["Article", article.published].filter(Boolean).join(" · "), "what");
      return [element("h2", shown.label), what, element("p", article.summary), ...link(article.url), ...listing("Concepts", ofArticle.get(id) || []), ...listing("Linked articles", around)];
    }
    const kind = document.querySelector(`[data-kind="${CSS.escape(shown.group)}"]`).textContent;
    const names = data.labels[id].length ? [element("p", `Also: ${data.labels[id].join(", ")}`, "what")] : [];
    return [element("h2", shown.label), element("p", kind, "what"), element("p", data.concepts[id]), ...names, ...listing("Articles", ofConcept.get(id) || []), ...listing("Related concepts", around)];
  };
  const overview = () => {
    const articles = data.nodes.filter((node) => isArticle(node.id)).map((node) => ({ other: node.id, why: data.articles[plain(node.id)].published }));
    articles.sort((a, b) => (a.why < b.why ? 1 : a.why > b.why ? -1 : 0));
    const concepts = [...ofConcept].map(([id, list]) => ({ other: `concept:${id}`, count: list.length, why: `in ${list.length} ${list.length === 1 ? "article" : "articles"}` }));
    concepts.sort((a, b) => b.count - a.count || nodeOf.get(a.other).label.localeCompare(nodeOf.get(b.other).label));
    return [element("h2", "What is here"), element("p", "Choose a concept or an article, on the map or below; the quoted sentence says why two are linked.", "what"), ...listing("Central concepts", concepts.slice(0, 12)), ...listing(articles.length > 50 ? `The newest 50 of ${articles.length} articles` : "Articles", articles.slice(0, 50))];
  };
  const title = document.title;
  const show = (kind, shown) => {
    hiddenKinds[shown ? "delete" : "add"](kind);
    document.querySelector(`[data-kind="${CSS.escape(kind)}"]`).setAttribute("aria-pressed", String(shown));
  };
  const select = (node, move) => {
    if (node !== null) show(nodeOf.get(node).group, true);
    focus = node;
    near = new Set(node === null ? [] : network.getConnectedNodes(node));
    repaint();
    byId("details").replaceChildren(...(node === null ? overview() : details(node)));
    byId("details").scrollTop = 0;
    document.title = node === null ? title : `${nodeOf.get(node).label} – ${title}`;
    if (node === null) network.unselectAll();
    else network.selectNodes([node]);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (move && node !== null) network.fit({ nodes: [node, ...near], maxZoomLevel: 1, animation: still ? false : { duration: 250 } });
    if (move && node === null) network.fit({ animation: !still });
  };
  network.on("click", ({ nodes: [node] }) => select(node === undefined ? null : node, false));
  byId("all").addEventListener("click", () => {
    for (const kind of [...hiddenKinds]) show(kind, true);
    select(null, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") select(null, true);
    if (event.key === "/" && event.target !== byId("search")) { event.preventDefault(); byId("search").focus(); }
  });

  const byName = new Map();
  for (const node of data.nodes) {
    for (const name of [node.label, ...(isArticle(node.id) ? [] : data.labels[plain(node.id)])]) {
      if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), node.id);
    }
    const option = element("option");
    option.value = node.label;
    byId("names").append(option);
  }
  const find = (text) => {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return undefined;
    if (byName.has(wanted)) return byName.get(wanted);
    const hit = [...byName].find(([name]) => name.startsWith(wanted)) || [...byName].find(([name]) => name.includes(wanted));
    return hit && hit[1];
  };
  const search = () => {
    const node = find(byId("search").value);
    if (node !== undefined) select(node, true);
    else if (byId("search").value.trim()) byId("details").replaceChildren(element("h2", "Nothing found"), element("p", `No concept or article is called “${byId("search").value.trim()}”.`, "what"), ...overview().slice(2));
  };
  byId("search").addEventListener("change", search);
  byId("search").addEventListener("keydown", (event) => { if (event.key === "Enter") search(); });
  for (const button of document.querySelectorAll(".kind")) {
    button.addEventListener("click", () => {
      show(button.dataset.kind, button.getAttribute("aria-pressed") !== "true");
      repaint();
    });
  }
  byId("details").replaceChildren(...overview());
  document.documentElement.dataset.ready = "true";
})();
