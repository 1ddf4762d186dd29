import { expect, test } from 'vitest';
import { knownNames } from '../../src/commands/profile/known.ts';
import { checkProfile } from '../../src/profile/check-profile.ts';
import { small } from './scratch.ts';

const known = await knownNames();

/** Ten mistakes of ten kinds: what stands in the good profile, what in its place, and what is nearest to that. */
const slips = [
  ['name: team-deploy', 'name: Team Deploy', 'team-deploy'],
  ['title: Team deploy\nsummary', 'titel: Team deploy\nsummary', 'title'],
  ['link: https://example.com/x', 'link: http://example.com/x', 'https://example.com/x'],
  ['stage: beta', 'stage: betta', 'beta'],
  ['name: run.googleapis.com', 'name: rum.googleapis.com', 'run.googleapis.com'],
  ['id: Team_Deploy', 'id: Team-Deploy', 'Team_Deploy'],
  ['id: team-deploy', 'id: Team_Deploy', 'team-deploy'],
  ['maxAgeDays: 90', 'maxAgeDays: "90"', '90'],
  ['name: run.services.get', 'name: run.services.gett', 'run.services.get'],
  ['projectId: TEAM', 'projectId: $TEAM', 'TEAM'],
] as const;

const good = `${small.replace('TeamDeploy', 'Team_Deploy')}link: https://example.com/x
status:
  stage: beta
key:
  maxAgeDays: 90
env:
  projectId: TEAM
`;

test('ten different mistakes are ten errors in one run, each with line, column, the nearest valid value and a remedy', () => {
  expect(checkProfile(good, 'team.yaml', known)).toMatchObject({ ok: true, unsure: [] });
  const bad = slips.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, good);
  const checked = checkProfile(bad, 'team.yaml', known);
  if (checked.ok) throw new Error('nothing was found');
  const lines = bad.split('\n');
  expect(checked.mistakes).toHaveLength(10);
  for (const { line, column, nearest, expected, remedy } of checked.mistakes) {
    const text = lines[line - 1] ?? '';
    const slip = slips.find(
      ([, to, meant]) => meant === nearest && to.includes(text.trim().replace(/^- /, '')),
    );
    expect(slip, `${line}:${column} ${text} ${nearest ?? ''}`).toBeDefined();
    expect(text.slice(column - 1)).not.toBe('');
    expect([expected, remedy]).not.toContain('');
  }
  expect(new Set(checked.mistakes.map(({ line }) => line)).size).toBe(10);
});

test('a key that stands twice hides nothing else, and what stands below keeps its line', () => {
  const text = `${good}summary: >-\n  Again, over\n  two lines.\n`.replace(
    'id: Team_Deploy',
    'id: Team-Deploy',
  );
  const checked = checkProfile(text, 'team.yaml', known);
  if (checked.ok) throw new Error('nothing was found');
  expect(checked.mistakes.map(({ line, says }) => [line, says])).toEqual([
    [8, 'role.id is "Team-Deploy"'],
    [25, 'found the key "summary" again, first on line 3'],
  ]);
});

test('a permission that nobody knows, and that is near to none, is told and is no mistake', () => {
  const text = good.replace('run.services.get', 'frobnicator.frobs.get');
  expect(checkProfile(text, 'team.yaml', known)).toMatchObject({
    ok: true,
    unsure: [{ line: 14, found: '"frobnicator.frobs.get"' }],
  });
});

test('what is no YAML is told alone, with its place', () => {
  const checked = checkProfile('name: [\n', 'team.yaml', known);
  if (checked.ok) throw new Error('nothing was found');
  expect(checked.mistakes.every(({ line, field }) => line > 0 && field === undefined)).toBe(true);
});
