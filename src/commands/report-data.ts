import manifest from '../../package.json' with { type: 'json' };
import { driftOf } from '../access/drift.ts';
import { reportOf, type Report } from '../access/report.ts';
import { risksOf } from '../access/risks.ts';
import { stepsFor } from '../steps/index.ts';
import { commandLine } from '../steps/shell.ts';
import { run } from '../wizard/runner.ts';
import { againCommand } from './again-command.ts';
import { graphOf, type GraphFlags } from './graph.ts';
import type { Looking } from './look.ts';

/** Changes of allow policies, in the syntax of Cloud Logging (Logging docs, log_id and audit logs). */
const auditFilter = 'log_id("cloudaudit.googleapis.com/activity") AND protoPayload.methodName:"SetIamPolicy"';
/** A key that is older is told, where the profile says nothing: what Google recommends (IAM docs, rotating keys). */
const usualDays = 90;

/**
 * Looks at who has access, and at what `check` looks at, side by side, and puts both into words. Changes nothing.
 * @throws {CloudError | CredentialsError} where nothing can be told
 */
export async function reportData(at: Looking, flags: GraphFlags, signal: AbortSignal): Promise<Report> {
  const { cloud, tools, goal, profile, journal, endpoint } = at;
  const steps = stepsFor(goal);
  const [graph, session] = await Promise.all([
    graphOf(at, flags),
    run({
      ...{ steps, tools, goal, journal, signal },
      decide: () => Promise.resolve(undefined),
      lacking: () => Promise.resolve(undefined),
      emit: () => undefined,
    }),
  ]);
  const about = {
    profile: profile.name,
    project: goal.answers.project,
    endpoint,
    remembered: journal.answers,
  };
  const again = (command: Parameters<typeof againCommand>[0]): string => againCommand(command, flags, about);
  const risks = risksOf(graph, {
    at: graph.at,
    maxAgeDays: profile.key?.maxAgeDays ?? usualDays,
    keyless: goal.answers.access.kind !== 'key',
    again: { repair: again('repair'), rotate: again('rotate'), setup: again('setup') },
  });
  return reportOf({
    ...{ graph, profile, risks, version: manifest.version, made: journal.made, gone: journal.gone },
    drift: driftOf(session, new Map(steps.map(({ id, title }) => [id, title]))),
    operator: cloud.email ?? (await cloud.whose().catch(() => undefined)),
    commands: [
      { what: 'whether it is still so', command: again('check') },
      { what: 'mend what differs', command: again('repair') },
      {
        what: 'what anybody changed in allow policies, from the audit log',
        command: commandLine(
          ...[
            'gcloud',
            'logging',
            'read',
            auditFilter,
            `--project=${goal.answers.project}`,
            '--freshness=30d',
          ],
        ),
      },
      {
        what: 'this report anew',
        command: `${again('check').replace(/^iamready check/u, 'iamready report')} --html=report.html`,
      },
    ],
    notes: [
      'Groups are not looked into: whoever is in a group that is named here can do what the group can. Deny policies and principal access boundaries can take away what is granted here, and are not part of this report: iamready why looks for them.',
      ...(journal.notice === undefined ? [] : [journal.notice]),
    ],
  });
}
