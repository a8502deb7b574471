// Light, dark, or as the system has it.

import { byId } from "./dom";

const KEY = "conceptgraph.theme";
const CHOICES = ["auto", "light", "dark"] as const;
type Choice = (typeof CHOICES)[number];
const system = matchMedia("(prefers-color-scheme: dark)");

export const isDark = (): boolean => {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "dark" || (chosen !== "light" && system.matches);
};

function kept(): Choice {
  try {
    const text = localStorage.getItem(KEY) as Choice;
    return CHOICES.includes(text) ? text : "auto";
  } catch {
    return "auto";
  }
}

export function themeSwitch(changed: () => void): void {
  const button = byId("theme");
  const apply = (choice: Choice) => {
    document.documentElement.dataset["theme"] = choice;
    button.setAttribute("aria-label", `Colours: ${choice === "auto" ? "as the system" : choice}`);
    button.title = `Colours: ${choice === "auto" ? "as the system" : choice}`;
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // Not kept, then.
    }
  };
  apply(kept());
  button.addEventListener("click", () => {
    // The first click always changes what is seen.
    apply(isDark() ? (system.matches ? "light" : "auto") : system.matches ? "auto" : "dark");
    changed();
  });
  system.addEventListener("change", changed);
}
