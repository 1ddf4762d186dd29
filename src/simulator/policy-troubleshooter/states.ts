/** What is found out of one policy, binding or rule: whether it applies, or what keeps that from being told. */
export type State = 'yes' | 'no' | 'conditional' | 'hidden';

const WORDS = {
  allow: {
    yes: 'ALLOW_ACCESS_STATE_GRANTED',
    no: 'ALLOW_ACCESS_STATE_NOT_GRANTED',
    conditional: 'ALLOW_ACCESS_STATE_UNKNOWN_CONDITIONAL',
    hidden: 'ALLOW_ACCESS_STATE_UNKNOWN_INFO',
  },
  deny: {
    yes: 'DENY_ACCESS_STATE_DENIED',
    no: 'DENY_ACCESS_STATE_NOT_DENIED',
    conditional: 'DENY_ACCESS_STATE_UNKNOWN_CONDITIONAL',
    hidden: 'DENY_ACCESS_STATE_UNKNOWN_INFO',
  },
} as const;

/** A state in the words of allow or deny explanations. */
export const stateWord = (kind: 'allow' | 'deny', state: State): string => WORDS[kind][state];

/** What several come to: one that applies decides; else what is hidden, and what depends, leave it open. */
export function together(states: readonly State[]): State {
  return (['yes', 'hidden', 'conditional'] as const).find((state) => states.includes(state)) ?? 'no';
}

/** Whether a principal has access: allowed, and not denied. */
export function overall(allow: State, deny: State): string {
  if (deny === 'yes' || allow === 'no') return 'CANNOT_ACCESS';
  if (allow === 'yes' && deny === 'no') return 'CAN_ACCESS';
  return allow === 'hidden' || deny === 'hidden' ? 'UNKNOWN_INFO' : 'UNKNOWN_CONDITIONAL';
}

/** What decides is of high relevance ([U] how Google weighs the rest). */
export const relevance = (decides: boolean): string =>
  decides ? 'HEURISTIC_RELEVANCE_HIGH' : 'HEURISTIC_RELEVANCE_NORMAL';

export const membership = (matched: boolean) => ({
  membership: matched ? 'MEMBERSHIP_MATCHED' : 'MEMBERSHIP_NOT_MATCHED',
  relevance: relevance(matched),
});
