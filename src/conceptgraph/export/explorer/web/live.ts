// Only in the copy that `conceptgraph explore --serve` sends: look whether the page was built anew.

const EVERY = 1000;

export function reloadWhenRebuilt(): void {
  if (location.protocol === "file:" || !document.querySelector('meta[name="conceptgraph-served"]')) return;
  let first = "";
  setInterval(() => void ask(), EVERY);
  async function ask(): Promise<void> {
    const answer = await fetch("version", { cache: "no-store" }).catch(() => null);
    const version = answer?.ok ? await answer.text() : "";
    if (first && version && version !== first) location.reload();
    first ||= version;
  }
}
