/** A label and what stands beside it. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** A list of an entry: names, and what is to be said of each. */
export interface List {
  readonly title: string;
  readonly items: readonly { readonly name: string; readonly text: string }[];
  /** How many more there are that are not shown on a page; JSON has them all in `items`. */
  readonly shown?: number;
}

/** Where it can be read. */
export interface Cited {
  readonly title: string;
  readonly date: string;
  readonly link?: string | undefined;
}

/** What the catalog answers about one thing, as data; whoever shows it decides how. */
export interface Entry {
  readonly kind: 'permission' | 'role' | 'method' | 'note' | 'service';
  readonly name: string;
  /** In words, where it has a title. */
  readonly title?: string | undefined;
  readonly says?: string | undefined;
  readonly facts: readonly Fact[];
  /** What to know besides, and in what the sources disagree. */
  readonly notes: readonly string[];
  readonly lists: readonly List[];
  readonly sources: readonly Cited[];
}
