import type { GoneEntry, MadeEntry } from '../wizard/journal.ts';
import { conditionIn } from '../steps/undo-ours.ts';
import { spotFrom } from '../steps/spot.ts';
import { placeName, roleLabel } from './words.ts';

/** One thing that a run of ours did, when and by whose hand. */
export interface Deed {
  /** ISO 8601, by the clock of the machine that ran it. */
  readonly at: string;
  readonly what: string;
  /** Absent where the journal does not know. */
  readonly by?: string | undefined;
}

/** What runs of ours made, and what of that is gone by now, the newest first. */
export function historyOf(made: readonly MadeEntry[], gone: readonly GoneEntry[]): Deed[] {
  const begun = [...gone, ...made].map((entry) => ({ at: entry.at, what: deedOf(entry), by: entry.by }));
  const ended = gone.map((entry) => ({
    at: entry.gone,
    what: `taken back, or found to be gone: ${deedOf(entry)} (on ${entry.at.slice(0, 10)})`,
    by: entry.goneBy,
  }));
  return [...begun, ...ended].toSorted((a, b) => a.at.localeCompare(b.at)).toReversed();
}

function deedOf(entry: MadeEntry): string {
  const { what, did, name, evidence } = entry;
  switch (`${what}/${did}`) {
    case 'service/enabled':
      return `turned on ${name}`;
    case 'role/created':
      return `made the role ${roleLabel(name)} with ${permissionsIn(entry)}`;
    case 'role/extended':
      return `added ${permissionsIn(entry)} to the role ${roleLabel(name)}`;
    case 'role/narrowed':
      return `took ${permissionsIn(entry)} from the role ${roleLabel(name)}`;
    case 'role/restored':
      return `restored the role ${roleLabel(name)}, which had been deleted`;
    case 'role/titled':
    case 'account/named':
      return `named ${roleLabel(name)} "${evidence['to'] ?? ''}"; it was "${evidence['from'] ?? ''}"`;
    case 'account/created':
      return `made the account ${name}`;
    case 'account/enabled':
    case 'role/enabled':
      return `enabled ${roleLabel(name)}, which had been disabled`;
    case 'grant/granted':
      return grantWords(entry);
    case 'account-grant/granted':
      return `let ${evidence['member'] ?? 'somebody'} act as ${name} (${evidence['role'] ?? ''})`;
    case 'key/made':
      return `made the key ${evidence['id'] ?? ''}`;
    case 'key/replaced':
      return `put another key in the place of ${evidence['id'] ?? ''}, which is still there`;
    case 'key/disabled':
      return `disabled the key ${evidence['id'] ?? ''}`;
    case 'credentials-file/created':
      return `wrote ${name}, by which programs act as the account without a key`;
    case 'env/wrote':
      return `wrote the key into variables of ${name}`;
    case 'pool/created':
      return `made the workload identity pool ${lastOf(name)}`;
    case 'provider/created':
      return `made the provider ${lastOf(name)}, which says who may come in through the pool`;
    case 'run-service/attached':
      return `let the Cloud Run service ${lastOf(name)} run as ${evidence['after'] ?? 'the account'}`;
    default:
      return `${did} ${what} ${name}`;
  }
}

function grantWords({ name, evidence }: MadeEntry): string {
  const on = evidence['on'] === undefined ? undefined : spotFrom(evidence['on']);
  const place = placeName(on ?? { kind: 'project', id: name });
  const condition = conditionIn(evidence);
  const only = condition === undefined ? '' : `, under the condition "${condition.title ?? ''}"`;
  return `granted ${roleLabel(evidence['role'] ?? '')} on ${place} to ${evidence['member'] ?? ''}${only}`;
}

function permissionsIn({ evidence }: MadeEntry): string {
  const count = (evidence['permissions'] ?? '').split(' ').filter((each) => each !== '').length;
  return `${count} ${count === 1 ? 'permission' : 'permissions'}`;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
