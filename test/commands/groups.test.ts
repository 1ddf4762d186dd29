import { expect, test } from 'vitest';
import { groups, program } from '../../src/commands/program.ts';

const namesIn = async (asked?: string): Promise<string[]> =>
  (await program(() => Promise.resolve(), asked)).commands.map((command) => command.name());

test.each(groups.filter(({ ofAll }) => ofAll !== true).map(({ commands }) => commands))(
  'whoever asks for %s loads that file of commands alone, and it declares just what it is loaded for',
  async (...commands) => {
    for (const name of commands) expect(await namesIn(name)).toEqual(commands);
  },
);

test('help, unknown words and what tells of all commands see all of them, each once', async () => {
  const all = groups.flatMap(({ commands }) => commands);
  expect(new Set(all).size).toBe(all.length);
  for (const asked of [undefined, 'help', '--help', 'setpu', 'man', 'completion'])
    expect(await namesIn(asked)).toEqual(all);
});
