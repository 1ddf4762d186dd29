import { expect, test } from 'vitest';
import { check } from '../../src/commands/profile/check.ts';
import { Event } from '../../src/faces/json/events.ts';
import { scratch, small } from '../profile/scratch.ts';
import { intoMemory } from './into-memory.ts';

const bad = small.replace('TeamDeploy', 'Team-Deploy').replace('run.services.get', 'run.services.gett');

test('as text each mistake stands with its place, what is nearest and one next step, also in 40 columns', async () => {
  await using files = await scratch();
  const file = await files.write(bad);
  const { out, text } = intoMemory(40);
  expect(await check(file, {}, out)).toBe('usage');
  const flat = text().replaceAll(/\s+/g, ' ');
  expect(flat).toContain(`${file}:8:7 role.id is "Team-Deploy" expected 3 to 64 letters`);
  expect(flat).toContain('nearest: Team_Deploy Next write an ID such as TeamDeploy');
  expect(flat).toContain(`${file}:14:11 permissions[0].name is "run.services.gett"`);
  expect(flat).toContain(`2 mistakes in ${file}.`);
  const wide = text()
    .split('\n')
    .filter((line) => line.length > 40 && !line.includes(file));
  // A name is never broken.
  expect(wide.filter((line) => line.trim().includes(' ') && !line.includes('permissions[0]'))).toEqual([]);
});

test('as JSON it is a line for each mistake and a result; a good one ends well and names what comes next', async () => {
  await using files = await scratch();
  const wrong = intoMemory();
  await check(await files.write(bad), { json: true }, wrong.out);
  const events = wrong
    .text()
    .trimEnd()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));
  expect(events).toMatchObject([
    { type: 'mistake', line: 8, column: 7, field: 'role.id', value: '"Team-Deploy"', nearest: 'Team_Deploy' },
    { type: 'mistake', line: 14, nearest: 'run.services.get', severity: 'mistake' },
    { type: 'result', status: 'blocked', exitCode: 64, mistakes: 2 },
  ]);
  const right = intoMemory();
  const file = await files.write(small);
  expect(await check(file, {}, right.out)).toBe('done');
  expect(right.text().replaceAll(/\s+/g, ' ')).toContain(`Next iamready permissions --profile=${file}`);
});
