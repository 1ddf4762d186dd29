import { askedOn, permissionsOfRole } from '../profile/asked-on.ts';
import { grantId } from '../steps/grant.ts';
import { stepsFor } from '../steps/index.ts';
import { permissionsToMend } from '../steps/permissions.ts';
import type { Plan } from '../wizard/runner.ts';
import { nodeOf, type Session } from '../wizard/session.ts';
import type { Errand } from './errand.ts';
import { inMinutes } from './wizard/usual-time.ts';

/** Makes an account ready: what `setup` and the wizard do. */
export const setupErrand: Errand = {
  command: 'setup',
  stepsFor,
  permissions: permissionsToMend,
  editable: true,
  details: (profile) => ({
    services: profile.services,
    ...Object.fromEntries(
      [...Map.groupBy(profile.permissions, (permission) => askedOn(permission, profile))].map(
        ([on, asked]) => [grantId(on), asked.map(({ name, why }) => ({ name, why }))],
      ),
    ),
    // What is in the role is told there, and not once more where that is granted.
    ...(profile.role !== undefined && {
      grant: [],
      role: permissionsOfRole(profile).map(({ name, why }) => ({ name, why })),
    }),
  }),
  words: {
    plan: (project) => `This is everything that will change in ${project}. Nothing has been written.`,
    why: 'All of it is done on yes. Step by step asks again before each.',
    done: 'Done, and kept',
    undo: 'At the end, the receipt names the command that takes it back.',
    foot: footOf,
  },
};

/** Also for others that make and mend: the bindings that stay, how long it takes, and that a key is a wall. */
export function footOf(plan: Plan, session: Session, usualMs: number): string[] {
  const grant = session.nodes['grant'] && nodeOf(session, 'grant');
  const others = grant && 'facts' in grant ? grant.facts.filter(({ tone }) => tone === 'note') : [];
  const makesKey = plan.steps.some(({ changes }) =>
    changes.some(({ what, sign, requires }) => what === 'key' && sign !== '-' && requires.length > 0),
  );
  return [
    ...others.map(({ text }) => `${text}.`),
    `About ${inMinutes(usualMs)}; Google sometimes needs longer.`,
    ...(makesKey
      ? ['Once the key is made, going back does not take it back; deleting it in Google Cloud does.']
      : []),
  ];
}
