// What the canvas is painted with; the page's own colours stand in explorer.css.

export interface Theme {
  ground: string; ink: string; faint: string; halo: string; edge: string; lit: string; article: string; region: number; accent: string;
}

export const LIGHT: Theme = {
  ground: "#fbfaf7", ink: "#1d2330", faint: "#5c6473", halo: "rgba(251,250,247,.92)", edge: "#7c8494", lit: "#2b3a55",
  article: "#39424f", region: 0.11, accent: "#b3261e",
};
export const DARK: Theme = {
  ground: "#10141b", ink: "#e8ebf1", faint: "#a2abba", halo: "rgba(16,20,27,.9)", edge: "#7d8798", lit: "#c9d4e8",
  article: "#c3cad6", region: 0.16, accent: "#ff8f80",
};

/** The same hue for a name on that ground. */
export const regionInk = (number: number, dark: boolean): string => `hsl(${Math.round((number * 137.5 + 205) % 360)} ${dark ? "45% 76%" : "50% 30%"})`;

/** Hues of communities' grounds: neighbours in the list of communities differ most. */
export const regionColor = (number: number): string => `hsl(${Math.round((number * 137.5 + 205) % 360)} 55% 52%)`;
