/** Every way a run can end, once: the number for the shell and the sentence for the docs. */
export const exitCodes = {
  done: { code: 0, means: 'done, or already in sync' },
  bug: { code: 1, means: 'a bug of ours' },
  differs: { code: 2, means: 'something differs (check, --dry-run)' },
  blocked: { code: 3, means: 'blocked: a person must act first' },
  unanswered: { code: 4, means: 'an answer is missing; the flag that gives it is named' },
  invalid: { code: 5, means: 'validation failed: the account cannot do what it should' },
  cloud: { code: 6, means: 'the cloud failed, after retries' },
  usage: { code: 64, means: 'the command line or a file given to it is wrong' },
  interrupted: { code: 130, means: 'interrupted; the next run goes on from there' },
} as const satisfies Record<string, { code: number; means: string }>;

/** The name of an ending, for code; its number is `exitCodes[name].code`. */
export type ExitName = keyof typeof exitCodes;
