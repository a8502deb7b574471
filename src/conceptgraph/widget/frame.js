"use strict";
(() => {
  // The page keeps its selection in its address; in a frame made of text, only the part behind # can be set.
  const tell = () => parent.postMessage({ conceptgraph: "selected", hash: location.hash }, "*");
  for (const name of ["pushState", "replaceState"]) {
    history[name] = (_state, _title, address) => {
      const at = String(address ?? "").indexOf("#");
      location.hash = at < 0 ? "" : String(address).slice(at);
    };
  }
  // Nor does the page take the keyboard from the notebook, in whose cells somebody is typing.
  const { focus } = HTMLElement.prototype;
  HTMLElement.prototype.focus = function (options) {
    if (document.hasFocus()) focus.call(this, options);
  };
  addEventListener("hashchange", tell);
  addEventListener("message", (event) => {
    if (event.source !== parent || event.data?.conceptgraph !== "select") return;
    if (location.hash !== event.data.hash) location.hash = event.data.hash;
  });
  addEventListener("load", () => parent.postMessage({ conceptgraph: "ready" }, "*"));
})();
