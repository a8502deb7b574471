// The map in a frame; its selection is the widget's, both ways.
function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.title = "Map of articles and concepts";
  frame.setAttribute("sandbox", "allow-scripts allow-popups allow-downloads");
  frame.style.cssText = "width:100%;box-sizing:border-box;border:1px solid #8884;border-radius:6px";
  frame.height = String(model.get("height"));
  const hashOf = (node) => {
    const at = node.indexOf(":");
    return at < 0 ? "" : `#${node.slice(0, at)}/${encodeURIComponent(node.slice(at + 1))}`;
  };
  const nodeOf = (hash) => {
    const found = /^#(article|concept|read)\/([^?]*)/.exec(hash);
    try {
      return found ? `${found[1] === "read" ? "article" : found[1]}:${decodeURIComponent(found[2])}` : "";
    } catch {
      return "";
    }
  };
  const select = () => {
    const hash = hashOf(model.get("selection"));
    frame.contentWindow?.postMessage({ conceptgraph: "select", hash }, "*");
  };
  const hear = (event) => {
    if (event.source !== frame.contentWindow || !event.data) return;
    if (event.data.conceptgraph === "ready" && model.get("selection")) select();
    if (event.data.conceptgraph === "selected" && typeof event.data.hash === "string") {
      model.set("selection", nodeOf(event.data.hash));
      model.save_changes();
    }
  };
  addEventListener("message", hear);
  model.on("change:selection", select);
  frame.srcdoc = model.get("page");
  el.appendChild(frame);
  return () => {
    removeEventListener("message", hear);
    model.off("change:selection", select);
  };
}
export default { render };
