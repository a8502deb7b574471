// What every part of the page can see and do.

import type { Graph } from "./graph";
import type { Known } from "./known";
import type { Hit } from "./search";
import type { State } from "./state";
import type { Visible } from "./visible";
import type { Path } from "./paths";
import type { StudyPath } from "./study/path";
import type { Studies } from "./study/studies";

export interface App {
  graph: Graph;
  state: State;
  visible: Visible;
  known: Known;
  /** Articles that the reader ticked off. */
  read: Known;
  readonly studies: Studies;
  /** The study path, if the place is one. */
  study: StudyPath | null;
  /** Ways found for the place, if it is a path. */
  paths: Path[];
  /** Which of them is shown on the map. */
  chosenPath: number;
  /** Go on to another state; `replace` keeps no step for "back". */
  go(change: Partial<State>, replace?: boolean): void;
  goNode(node: number): void;
  choosePath(number: number): void;
  /** The reader knows another concept, or one less. */
  knowing(): void;
  search(query: string): Hit[];
  say(text: string): void;
}
