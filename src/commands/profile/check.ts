import type { Event } from '../../faces/json/events.ts';
import { jsonLine } from '../../faces/json/json-line.ts';
import { checkProfile, type Checked } from '../../profile/check-profile.ts';
import { printable } from '../../profile/printable.ts';
import type { ProfileMistake } from '../../profile/profile-error.ts';
import { readText } from '../../profile/read-text.ts';
import { exitCodes, type ExitName } from '../../wizard/exit-codes.ts';
import { shown } from '../shown.ts';
import { usage } from '../usage.ts';
import { written } from '../written.ts';
import { checkPage } from './check-page.ts';
import { knownNames } from './known.ts';

/**
 * `iamready profile check`: reads a profile and tells everything that is wrong in it on `out`. Asks no cloud.
 * @throws ProfileError when the file cannot be read; ProblemError when it is no YAML by its name
 */
export async function check(
  file: string,
  { json = false }: { json?: boolean },
  out: NodeJS.WritableStream & { columns?: number },
): Promise<ExitName> {
  if (!/\.ya?ml$/iu.test(file))
    throw usage(
      `${shown(file)} does not end in .yaml or .yml`,
      'name the YAML file: iamready profile check team.yaml',
    );
  const text = await readText(file, file);
  const checked = checkProfile(text, file, await knownNames());
  const exit = checked.ok ? 'done' : 'usage';
  const name = printable(file, 200);
  await written(
    out,
    json ? eventsOf(name, checked, exit).map(jsonLine).join('') : checkPage(name, checked, out.columns ?? 80),
  );
  return exit;
}

function eventsOf(file: string, checked: Checked, exit: ExitName): Event[] {
  const mistakes = checked.ok ? [] : checked.mistakes;
  const line = (severity: 'mistake' | 'unsure') => (mistake: ProfileMistake) => {
    const { line, column, field, found, expected, nearest, remedy, says } = mistake;
    const named = { ...(field !== undefined && { field }), ...(nearest !== undefined && { nearest }) };
    const v = 1 as const;
    return {
      v,
      type: 'mistake' as const,
      severity,
      file,
      line,
      column,
      ...named,
      value: found,
      expected,
      what: says,
      remedy,
    };
  };
  return [
    ...mistakes.map(line('mistake')),
    ...checked.unsure.map(line('unsure')),
    {
      v: 1,
      type: 'result',
      status: checked.ok ? 'ready' : 'blocked',
      exitCode: exitCodes[exit].code,
      ...(checked.ok && { profile: checked.profile.name, permissions: checked.profile.permissions.length }),
      mistakes: mistakes.length,
    },
  ];
}
