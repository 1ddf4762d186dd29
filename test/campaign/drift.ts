import fc from 'fast-check';
import { anyBindings } from '../flows/any-policy.ts';

/** The first of the values in three of seven cases, else one of the others. */
const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(usual) },
    { weight: 4, arbitrary: fc.constantFrom(...others) },
  );

const services = ['run.googleapis.com', 'iam.googleapis.com', 'cloudresourcemanager.googleapis.com'];
const extra = ['run.jobs.get', 'storage.buckets.delete', 'pubsub.topics.get'];

/**
 * What others have made of a project, since a run of ours or before any. Each field drifts by itself.
 * @param permissions what the profile asks for
 */
export const anyDrift = (permissions: readonly string[]) =>
  fc.record({
    command: fc.constantFrom('setup' as const, 'repair' as const),
    /** Whether the journal of a run of ours is there. */
    remembered: fc.boolean(),
    /** Services of the profile that are off. */
    off: fc.oneof(fc.constant<string[]>([]), fc.subarray(services)),
    role: fc.option(
      fc.record({
        permissions: fc
          .tuple(fc.subarray([...permissions], { maxLength: 3 }), fc.subarray(extra))
          .map(([lacks, adds]) => [...permissions.filter((name) => !lacks.includes(name)), ...adds]),
        stage: often<'GA' | 'DISABLED' | 'BETA' | 'ALPHA'>('GA', 'DISABLED', 'BETA', 'ALPHA'),
        title: often('Remotion API Service Account', 'Renamed by a colleague'),
        /** How many days ago it was deleted. */
        deleted: often<number | undefined>(undefined, 1, 6),
      }),
      { freq: 5 },
    ),
    account: often<'live' | 'missing' | 'disabled' | 'deleted' | 'made again' | 'renamed'>(
      ...(['live', 'missing', 'disabled', 'deleted', 'made again', 'renamed'] as const),
    ),
    /** How the account has the role. Where there is no account any more, the one that was has it. */
    grant: often<
      'granted' | 'missing' | 'under a condition' | 'both' | 'another role' | 'to the deleted one' | 'to both'
    >('granted', 'missing', 'under a condition', 'both', 'another role', 'to the deleted one', 'to both'),
    /** What is at the place of the key file. */
    file: often<'its key' | 'nothing' | 'garbled' | 'empty' | 'open to others' | 'of another account'>(
      ...(['its key', 'nothing', 'open to others', 'garbled', 'empty', 'of another account'] as const),
    ),
    /** What became of that key at Google. */
    key: often<'live' | 'deleted' | 'disabled'>('live', 'deleted', 'disabled'),
    /** Keys of the account that others made: whether each is disabled. */
    others: fc.array(fc.boolean(), { maxLength: 3 }),
    /** Bindings of others, of our role, too. */
    bindings: anyBindings('projects/acme-video/roles/RemotionSA'),
  });

/** One such drift. */
export type Drift = ReturnType<typeof anyDrift> extends fc.Arbitrary<infer T> ? T : never;

/** Whether what is at the place of the key file is not ours to replace: a person has to move it away. */
export const isOccupied = ({ file }: Drift): boolean => /garbled|empty|another/.test(file);
