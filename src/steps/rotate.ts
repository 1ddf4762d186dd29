import { anyStep, type AnyStep } from '../wizard/attempt.ts';
import type { Goal, Tools } from './goal.ts';
import { projectStep } from './project.ts';
import { newEnvStep } from './rotate-env.ts';
import { newKeyStep } from './rotate-key.ts';
import { oldKeyStep } from './rotate-old-key.ts';
import type { Rotation } from './rotation.ts';
import { validateStep } from './validate.ts';

/** Permissions that rotating takes besides those to look. */
export const permissionsToRotate: readonly string[] = [
  'iam.serviceAccountKeys.create',
  'iam.serviceAccountKeys.disable',
  'iam.serviceAccountKeys.delete',
];

/**
 * The steps of one rotation. What they have in hand, the new key above all, lives as long as they do.
 * @param grace - how long the old key is kept, disabled (ms), and who chose that, in words
 */
export function rotateSteps(
  { answers }: Goal,
  grace: { ms: number; source: string },
): readonly AnyStep<Tools, Goal>[] {
  const rotation: Rotation = {
    graceMs: grace.ms,
    graceSource: grace.source,
    hasKey: answers.access.kind === 'key',
    replaced: false,
    validating: false,
    retired: [],
  };
  return [
    anyStep(projectStep),
    // What else holds the key, such as an env file, is for a step between these two.
    anyStep(newKeyStep(rotation)),
    ...(answers.envFile === undefined ? [] : [anyStep(newEnvStep(rotation))]),
    anyStep(validateNewKey(rotation)),
    anyStep(oldKeyStep(rotation)),
  ];
}

/** What the old key may is not asked: the account is tested once the new one is in the file. */
function validateNewKey(rotation: Rotation): typeof validateStep {
  return {
    ...validateStep,
    why: 'Signs in as the account, with the new key, and asks Google permission by permission. It changes nothing.',
    needs: ['key'],
    asked: true,
    async look(tools, wanted, journal) {
      if (rotation.validating) return validateStep.look(tools, wanted, journal);
      return { kind: 'no-key' };
    },
    compare: (wanted, seen) =>
      validateStep
        .compare(wanted, seen)
        .map((change) =>
          rotation.validating ? change : { ...change, from: 'not signed in with the new key yet' },
        ),
    act(tools, work) {
      rotation.validating = true;
      return validateStep.act(tools, work);
    },
  };
}
