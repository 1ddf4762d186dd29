/** What `catalog lint` can find, by kind: what the person reads above the findings of that kind. */
export const kinds = {
  form: 'A file is not as it should be',
  'unknown-source': 'A source that is not in sources.yaml',
  'unused-source': 'A source that nothing names',
  'unknown-permission': 'A permission that the catalog does not know',
  'unknown-role': 'A role that the catalog does not know',
  'idle-pattern': 'A pattern that means nothing',
  'no-description': 'A permission or role without a description or a risk',
  'no-reason': 'A profile asks for something without a reason',
  'idle-acknowledgement': 'An acknowledgement that matches nothing',
  'role-lacks':
    'A method is said to be callable by a role whose own list, on the same page, lacks the permission',
  'role-lacks-live': 'A method is said to be callable by a role that does not hold the permission, live',
  'method-twice': 'A method is listed twice',
  'other-action': 'A method needs a permission of another name than its own',
  'in-no-list': "A method needs a permission that no role's list on the page has",
  'no-role-holds': 'A permission that no role holds, neither as documented nor live',
  'not-live': 'Documented, but not live',
  'not-documented': 'Live, but not documented on the page that lists its service',
  'role-not-documented': 'A live role that the page on the roles of its service does not know',
  'list-differs': "A role's list as documented differs from what it holds live",
  'notes-disagree': 'Two sources say different things',
} as const;

export type Kind = keyof typeof kinds;

/** One thing that lint found. */
export interface Finding {
  readonly kind: Kind;
  /** What it is about, unique within its kind: what an acknowledgement names. */
  readonly of: string;
  readonly says: string;
  /** Permissions, roles and methods that it is about: whoever asks for one of them is told of it. */
  readonly names: readonly string[];
  /** Where it stands: files, rows, profiles. */
  readonly where: readonly string[];
  /** Keys of `Catalog.sources`. */
  readonly sources: readonly string[];
}

/** Why something that lint finds stays as it is. A pattern of `of` may hold `*`. */
export interface Acknowledgement {
  readonly kind: string;
  readonly of: readonly string[];
  readonly why: string;
}

/** What is known to be wrong in the sources, and why it stays. */
export interface KnownFinding extends Finding {
  readonly why: string;
}
