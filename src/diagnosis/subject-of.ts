import type { Cloud } from '../google/cloud.ts';
import { permissionsOfRole } from '../profile/asked-on.ts';
import { accountSince } from '../steps/account-since.ts';
import {
  accountEmail,
  roleName,
  wantedServices,
  type Complaint,
  type Goal,
  type Tools,
} from '../steps/goal.ts';
import { wantedPlaces } from '../steps/grant-lines.ts';
import { spotOf } from '../steps/grant-seen.ts';
import { readKeyFile } from '../steps/key-file.ts';
import { askedSpot } from '../steps/validate-seen.ts';
import type { Asked } from './ask-itself.ts';
import type { Subject, WantedLine } from './subject.ts';

type Journal = Parameters<typeof accountSince>[0];

/** Whom a diagnosis is about, by the goal of a run and what came of asking. @param repair the command that mends */
export async function subjectOf(
  tools: Tools,
  goal: Goal,
  journal: Journal,
  asked: Pick<Asked, 'cloud' | 'granted' | 'lacking' | 'invalid' | 'refusal'>,
  repair: string | undefined,
): Promise<Subject> {
  const { project, access, keyFile } = goal.answers;
  const email = accountEmail(goal);
  const local = access.kind === 'key' ? await readKeyFile(keyFile.value) : undefined;
  const { uniqueId } = accountSince(journal, email);
  const observers: [Cloud, ...Cloud[]] = [tools.cloud, ...(asked.cloud ? [asked.cloud] : [])];
  return {
    project,
    email,
    observers,
    asked: [...asked.granted, ...[...asked.lacking, ...asked.invalid].map(({ name }) => name)],
    lacking: asked.lacking,
    invalid: asked.invalid,
    lines: await wantedLines(tools, goal),
    services: wantedServices(goal).map(({ name }) => name),
    ...(asked.refusal && { refusal: asked.refusal }),
    ...(local?.kind === 'key' && { key: { id: local.id, file: keyFile.value } }),
    ...(uniqueId !== undefined && { uniqueId }),
    ...(repair !== undefined && { repair }),
    mends: new Set(goal.profile.permissions.map(({ name }) => name)),
  };
}

/** What the goal grants the account, and where. */
async function wantedLines(tools: Tools, goal: Goal): Promise<WantedLine[]> {
  const { project } = goal.answers;
  const email = accountEmail(goal);
  const own = goal.profile.role === undefined ? undefined : roleName(goal);
  const brings = new Set(permissionsOfRole(goal.profile).map(({ name }) => name));
  const places = wantedPlaces(goal).map(async ({ place, lines }) => {
    const spot = await spotOf(place, tools, { project, email });
    return lines
      .filter(({ member }) => member === `serviceAccount:${email}`)
      .map(({ role, condition }): WantedLine => ({
        role,
        spot,
        ...(condition && { condition }),
        ...(role === own && { brings }),
      }));
  });
  return (await Promise.all(places)).flat();
}

/** What a step found lacking, as it is diagnosed. @throws CloudError, CredentialsError, ProblemError */
export async function askedBy(tools: Tools, goal: Goal, { lacking, refusal }: Complaint): Promise<Asked> {
  const { project } = goal.answers;
  const email = accountEmail(goal);
  const places = [...lacking].map(async ([on, names]) => {
    const spot = await askedSpot(on, tools, { project, email });
    return names.map((name) => ({ name, spot }));
  });
  return {
    ...{ through: '', isTried: true, granted: [], invalid: [] },
    lacking: (await Promise.all(places)).flat(),
    ...(refusal && { refusal }),
  };
}
