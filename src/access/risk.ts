/** Something about the access that a reviewer should know, computed from what was seen, and what ends it. */
export interface Risk {
  readonly level: 'high' | 'medium' | 'low';
  /** What it is, in a few words. */
  readonly title: string;
  /** What was seen, by name. */
  readonly what: string;
  /** What to do. */
  readonly remedy: string;
  /** Commands that do it, as a shell takes them. */
  readonly commands: readonly string[];
}

/** What risks are measured by. */
export interface RiskContext {
  /** Google's time, ISO 8601. */
  readonly at: string;
  /** A key that is older (days) is a risk: what the profile allows, else 90. */
  readonly maxAgeDays: number;
  /** Programs sign in as the account without a key, as somebody chose. */
  readonly keyless: boolean;
  /** Commands of ours about the same account. */
  readonly again: {
    readonly repair: string;
    readonly rotate: string;
    readonly setup: string;
  };
}

const order = ['high', 'medium', 'low'] as const;

/** The worst first; else as they were found. */
export function byLevel(risks: readonly Risk[]): Risk[] {
  return risks.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}
