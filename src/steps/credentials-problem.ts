import type { CredentialsError, CredentialsErrorKind } from '../google/credentials.ts';
import { clockWords, setTheClock } from './clock-words.ts';
import type { Problem } from '../wizard/problem.ts';

interface WayOut {
  /** A file or flag that is wrong is mended on the command line; for the others a person signs in or installs first. */
  exit: 'usage' | 'blocked';
  /** Words before the remedy, where that is a bare command. */
  before?: string;
  /** In place of the remedy, which knows no flags. */
  instead?: string;
}

const waysOut: Readonly<Record<CredentialsErrorKind, WayOut>> = {
  'none-found': { exit: 'blocked', before: 'sign in: ' },
  'not-named': {
    exit: 'blocked',
    instead: 'name them: --access-token-file=FILE, --credentials=FILE or --account=EMAIL',
  },
  expired: { exit: 'blocked', before: 'sign in again: ' },
  'gcloud-missing': { exit: 'blocked' },
  'gcloud-failed': { exit: 'blocked', before: 'sign in again: ' },
  astray: { exit: 'blocked' },
  unusable: { exit: 'blocked' },
  conflicting: { exit: 'usage' },
  'not-for-endpoint': { exit: 'usage' },
  unreadable: { exit: 'usage' },
  'not-a-key': { exit: 'usage' },
  variables: { exit: 'usage' },
  'not-a-token': { exit: 'usage' },
  'other-universe': { exit: 'usage' },
};

/** What it means to a person that there is no token to be had. */
export function credentialsProblem(error: CredentialsError): Problem {
  const { kind, message, remedy } = error;
  const clock = clockWords(error);
  if (clock !== undefined)
    return {
      mover: 'person',
      what: `the credentials give no token, and ${clock}`,
      why: message,
      next: setTheClock,
      exit: 'blocked',
    };
  const { exit, before = '', instead = before + remedy } = waysOut[kind];
  return { mover: 'person', what: message, next: instead, exit };
}
