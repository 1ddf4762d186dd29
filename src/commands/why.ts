import { askItself, type Asked } from '../diagnosis/ask-itself.ts';
import type { Findings } from '../diagnosis/cause.ts';
import { findCauses } from '../diagnosis/find-causes.ts';
import { subjectOf } from '../diagnosis/subject-of.ts';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import type { QuotaWait } from '../google/quota-wait.ts';
import { glyphsFor } from '../print/glyphs.ts';
import type { WantedPermission } from '../profile/profile.ts';
import { permissionForm } from '../proof/test-permissions.ts';
import { accountEmail, type Goal } from '../steps/goal.ts';
import { exitCodes, type ExitName } from '../wizard/exit-codes.ts';
import { againCommand } from './again-command.ts';
import { projectAnswer } from './answers.ts';
import { customEndpoint } from './endpoint-flag.ts';
import { lineWidth } from './face-for.ts';
import { goalIn, openToLook } from './look.ts';
import { profileAnswer } from './profile-answer.ts';
import type { RunFlags } from './run-flags.ts';
import { shown } from './shown.ts';
import { smallestRole } from './smallest-role.ts';
import { usage } from './usage.ts';
import { whyPage, type Why } from './why-page.ts';
import { written } from './written.ts';

/** Where the answer goes, and where word that it takes longer. */
export interface WhyOutput {
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
  env: NodeJS.ProcessEnv;
}

/**
 * `iamready why`: asks the account itself for what its profile wants, or for these permissions alone, looks why it lacks
 * what it lacks, and prints every cause on `out`. Changes nothing. @throws what stands in the way of asking
 */
export async function why(
  names: readonly string[],
  flags: RunFlags,
  { out, err, env }: WhyOutput,
  signal: AbortSignal,
): Promise<ExitName> {
  const wrong = names.find((name) => !permissionForm.test(name));
  if (wrong !== undefined)
    throw usage(
      `${shown(wrong)} is not the name of a permission`,
      'write it as service.resource.action: iamready why run.services.get',
    );
  const endpoint = customEndpoint(flags);
  const project = projectAnswer(flags);
  const load = await profileAnswer(flags);
  const place = { project, endpoint, env };
  const { cloud, tools } = await openToLook(flags, place, signal);
  const profile = await load();
  const { journal, goal } = await goalIn(place, flags, profile, cloud);
  const repair = againCommand('repair', flags, {
    ...{ profile: profile.name, project, endpoint, remembered: journal.answers },
  });

  const waiting = setTimeout(() => err.write(`  looking why, in ${project}\n`), 1000);
  try {
    const asked = await askItself(tools, goal, permissionsIn(names, goal));
    const subject = await subjectOf(tools, goal, journal, asked, repair);
    const findings = await findCauses({
      ...subject,
      smallestRole,
      onWait: (wait) => err.write(waitLine(wait)),
    });
    const told = whyOf(asked, findings, accountEmail(goal), project);
    const exit = endingOf(told);
    const { columns, glyphs } = { columns: lineWidth(), glyphs: glyphsFor(env) };
    const text = flags.json
      ? eventsOf(asked, told, exit).map(jsonLine).join('')
      : whyPage(told, { columns, glyphs });
    await written(out, text);
    return exit;
  } finally {
    clearTimeout(waiting);
  }
}

/** Deny policies and boundaries are read five times a minute at most, so that the wait is told. */
function waitLine({ what, ms }: QuotaWait): string {
  return `  waiting ${Math.ceil(ms / 1000)} s for ${what}: Google allows few of these reads a minute\n`;
}

/** Those that are named, as the profile wants them, else on the project; all of the profile where none is. */
function permissionsIn(names: readonly string[], { profile }: Goal): readonly WantedPermission[] {
  if (names.length === 0) return profile.permissions;
  return [...new Set(names)].map(
    (name) =>
      profile.permissions.find((each) => each.name === name) ?? {
        name,
        why: '',
        source: 'ours',
        on: 'project',
      },
  );
}

function whyOf(asked: Asked, findings: Findings, email: string, project: string): Why {
  const { granted, lacking, invalid, isTried, refusal, through } = asked;
  return {
    ...findings,
    email,
    project,
    through,
    ...(!isTried && { untried: through }),
    ...(refusal && { refused: refusal.message }),
    granted: granted.length,
    asked: new Set([...granted, ...[...lacking, ...invalid].map(({ name }) => name)]).size,
  };
}

function endingOf({ untried, causes, unexplained, refused }: Why): ExitName {
  if (untried !== undefined) return 'blocked';
  return causes.length === 0 && unexplained.length === 0 && refused === undefined ? 'done' : 'invalid';
}

function eventsOf({ lacking, invalid }: Asked, told: Why, exit: ExitName): Event[] {
  const { causes, unread, unexplained, email, project } = told;
  return [
    ...causes.map(({ permissions, evidence, ...cause }): Event => ({
      ...{ v: 1, type: 'cause', ...cause },
      permissions: [...permissions],
      evidence: [...evidence],
    })),
    ...unread.map((each): Event => ({ v: 1, type: 'unread', ...each })),
    {
      v: 1,
      type: 'result',
      status: exit === 'done' ? 'ready' : exit === 'blocked' ? 'blocked' : 'differs',
      exitCode: exitCodes[exit].code,
      email,
      project,
      missing: [...new Set([...lacking, ...invalid].map(({ name }) => name))],
      unexplained: [...unexplained],
    },
  ];
}
