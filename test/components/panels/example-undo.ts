import type { StepCard } from '../../../src/wizard/presentation.ts';
import { newSession, reduce, type Session, type SessionEvent } from '../../../src/wizard/session.ts';
import type { Change } from '../../../src/wizard/step.ts';
import { change, email } from './example-changes.ts';

// What `undo --dry-run --json` tells after a setup, where somebody has changed the role since.

const card = (id: string, title: string, why: string, undo: string): StepCard => ({
  ...{ id, title, why, undo, details: [] },
});

export const undoCards: readonly StepCard[] = [
  card('project', 'Project', 'It is looked at, never changed.', 'nothing to take back'),
  card('undo-key', 'Key', 'Keys go first.', 'a deleted key never comes back; setup makes a new one'),
  card('undo-grant', 'Grant', 'One line in the allow policy of the project.', 'setup grants the role again'),
  card('undo-account', 'Account', 'The service account itself.', 'for 30 days it can be restored'),
  card('undo-role', 'Custom role', 'The list of what the account might do.', 'for 7 days it can be restored'),
];

const gone = (what: string, name: string, from: string, to: string): Change =>
  change({ sign: '-', what, name, from, to, source: 'made by iamready' });

export const goneKey = gone(
  ...(['key', '54028d6a323aaf732ec9a67c173e6c14ed33d13a', `a key of ${email}`, 'deleted for good'] as const),
);
export const goneFile = gone('file', '/home/ada/.config/iamready/key.json', 'holds that key', 'removed');
export const goneGrant = gone('grant', 'RemotionSA', `granted to ${email} on the project`, 'taken away');
export const goneAccount = gone(
  ...(['account', email, 'unique ID 166011846565528507625', 'deleted, restorable for 30 days'] as const),
);

export const kept = {
  ...({ mover: 'person', exit: 'blocked', aside: true } as const),
  what: 'the role RemotionSA is not as iamready made it: also holds run.jobs.create',
  why: 'somebody else has changed it since',
  next: 'if nobody needs it: gcloud iam roles delete RemotionSA --project=acme-video',
};

const differs = (step: string, ...changes: Change[]): SessionEvent[] => [
  { step, type: 'look' },
  { step, type: 'seen-else', facts: [], changes },
];

/** Looked at, and nothing taken away yet. */
export const toBeUndone: Session = [
  { step: 'project', type: 'look' } as const,
  { step: 'project', type: 'seen-same', facts: [] } as const,
  ...differs('undo-key', goneKey, goneFile),
  ...differs('undo-grant', goneGrant),
  ...differs('undo-account', goneAccount),
  { step: 'undo-role', type: 'look' } as const,
  { step: 'undo-role', type: 'cannot', problem: kept } as const,
].reduce(reduce, newSession(undoCards.map(({ id }) => id)));
