import type { Finding, KnownFinding } from '../catalog/finding.ts';
import { kinds } from '../catalog/finding.ts';
import { countByKind, lint } from '../catalog/lint.ts';
import type { ProfileUse } from '../catalog/model.ts';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { margin, wrap } from '../print/layout.ts';
import { printed } from '../print/printable.ts';
import { catalogFolder } from '../profile/catalog-folder.ts';
import { listProfiles } from '../profile/load.ts';
import { ProfileError } from '../profile/profile-error.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { usesOf } from './profile-uses.ts';
import { written, type Output } from './written.ts';

/** What `iamready catalog lint` was asked. */
export interface LintRequest extends Output {
  /** Show what is known, too. */
  readonly all: boolean;
  /** Another folder than the package's own. */
  readonly folder?: string | undefined;
}

/** Checks the catalog, and ends with `differs` where something is to be mended. */
export async function catalogLint(request: LintRequest): Promise<ExitName> {
  const { all, json, out, columns = 80, folder = catalogFolder() } = request;
  const { uses, wrong } = await profileUses();
  const { open, known, files } = await lint(folder, uses);
  const toMend = [...wrong, ...open];
  const ending = toMend.length === 0 ? 'done' : 'differs';
  if (json) {
    const events: Event[] = [
      ...toMend.map((each) => line(each)),
      ...(all ? known.map((each) => line(each, each.why)) : []),
      {
        v: 1,
        type: 'result',
        status: ending === 'done' ? 'ready' : 'differs',
        exitCode: ending === 'done' ? 0 : 2,
      },
    ];
    await written(out, events.map(jsonLine).join(''));
    return ending;
  }
  const counts = countByKind(known);
  const foot =
    toMend.length === 0
      ? `In order: ${files} files. In ${known.length} points the sources are wrong or do not agree, all of them known${all ? '' : '; --all shows them'}.`
      : `${toMend.length} to mend in ${files} files; what stays as it is goes into catalog/acknowledged.yaml, with why.`;
  const lines = [
    ...toMend.flatMap((each) => [...findingLines(each, columns), '']),
    ...(all ? counts.flatMap(({ kind, title, count }) => kindLines(kind, title, count, known, columns)) : []),
    ...wrap(foot, columns - margin.length).map((each) => margin + each),
  ];
  await written(out, printed(lines));
  return ending;
}

async function profileUses(): Promise<{ uses: ProfileUse[]; wrong: Finding[] }> {
  try {
    return { uses: (await listProfiles()).flatMap(usesOf), wrong: [] };
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    const { message, file = 'profiles' } = error;
    const wrong: Finding = {
      kind: 'form',
      of: file,
      names: [],
      says: `${message}.`,
      where: [file],
      sources: [],
    };
    return { uses: [], wrong: [wrong] };
  }
}

function line({ kind, of, says, where, sources }: Finding, why?: string): Event {
  return {
    ...{ v: 1, type: 'finding', kind, title: kinds[kind], of, says },
    ...{ where: [...where], sources: [...sources], ...(why !== undefined && { why }) },
  };
}

/** What a finding says and where; the name that an acknowledgement takes comes first. */
function findingLines(
  { kind, of, says, where, sources }: Finding,
  columns: number,
  indent = margin,
): string[] {
  const from = [...new Set([...where, ...sources])].join('; ');
  return [
    ...(indent === margin ? [`${indent}${kind}: ${of}`] : []),
    ...wrap(says, columns - indent.length - 2).map((each) => `${indent}  ${each}`),
    ...(from === ''
      ? []
      : wrap(`(${from})`, columns - indent.length - 4).map((each) => `${indent}    ${each}`)),
  ];
}

/** Known findings of a kind, those with one explanation together. */
function kindLines(
  kind: string,
  title: string,
  count: number,
  known: readonly KnownFinding[],
  columns: number,
): string[] {
  const reasons = Map.groupBy(
    known.filter((each) => each.kind === kind),
    ({ why }) => why,
  );
  return [
    ...wrap(`${title}: ${count}`, columns - margin.length).map((each) => margin + each),
    ...[...reasons].flatMap(([why, findings]) => [
      ...findings.flatMap((each) => findingLines(each, columns, `${margin}  `)),
      ...wrap(`Known: ${why}`, columns - margin.length - 4).map((each) => `${margin}    ${each}`),
    ]),
    '',
  ];
}
