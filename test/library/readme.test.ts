import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, openHome } from '../commands/iamready.ts';

test('the commands of the README for a profile of one’s own do what it says, word for word', async () => {
  const readme = await readFile(join(dirname(dirname(bin)), 'README.md'), 'utf8');
  const commands = /\*\*For a tool of your own\*\*[^]*?\n\n((?: {4}.*\n)+)/.exec(readme)?.[1] ?? '';
  expect(commands.match(/^ {4}iamready /gm)).toHaveLength(5);
  // A busy machine takes longer to start the embedded cloud than a person takes to read the next line.
  const patient = commands.replace(
    /sleep \d+;/,
    'while ! grep -q IAMREADY_PROJECT env.sh; do sleep 0.1; done;',
  );
  await using home = await openHome();
  await home.write(
    'run.sh',
    `set -e\niamready() { "$node" "$bin" "$@"; }\n${patient.replace('iamready simulate', '"$node" "$bin" simulate')}`,
  );
  const { exitCode, stdout, stderr } = await home.shell('node=$1 bin=$2 sh run.sh', []);
  expect(exitCode, stderr).toBe(0);
  const told = stdout.replaceAll(/\s+/g, ' ');
  expect(told).toContain('./team.yaml is a profile: team-reports');
  expect(told).toMatch(/All 2 granted\. $/);
});
