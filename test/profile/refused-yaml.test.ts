import { describe, expect, test } from 'vitest';
import { changed, expectRefused } from './refused.ts';
import type { Refused } from './refused.ts';
import { refusal, scratch, small } from './scratch.ts';

const forms: Record<string, Refused> = {
  'a tab for indentation': {
    text: changed('  id: TeamDeploy', '\tid: TeamDeploy'),
    line: 8,
    found: /tab/iu,
    remedy: /spaces/u,
  },
  'a key twice': {
    text: changed('  id: TeamDeploy', '  id: TeamDeploy\n  id: Other'),
    line: 9,
    found: 'the key "id" again, first on line 8',
    remedy: /Remove/u,
  },
  'two documents': { text: `${small}---\n${small}`, line: 18, found: /document/iu, remedy: /one profile/u },
  'a tag': { text: changed('title: Team', 'title: !secret Team'), line: 2, found: /tag/iu, remedy: /tag/u },
  'an alias without its anchor': {
    text: changed('title: Team deploy', 'title: *team'),
    line: 2,
    found: /alias/iu,
    remedy: /quotes/u,
  },
  'an alias of itself': {
    text: changed('summary: Deploys what the team builds.', 'summary: &s [*s]'),
    line: 3,
    found: /alias/u,
    remedy: /Write the values out/u,
  },
  'an alias bomb': {
    text: `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h']
      .map(
        (key, at) =>
          `${key}: &${key} [${Array(9)
            .fill(`*${'abcdefg'.charAt(at)}`)
            .join(', ')}]`,
      )
      .join('\n')}\n`,
    line: 2,
    found: 'aliases ("*name") that stand for more than 100 values',
    remedy: /Write the values out/u,
  },
  'aliases in masses': {
    text: `a: &a x\nb: [\n${'  *a,\n'.repeat(101)}]\n`,
    line: 103,
    found: 'more than 100 aliases ("*a")',
    remedy: /Write the values out/u,
  },
  'a key that is a list': { text: '? [a, b]\n: c\n', line: 1, found: /no plain text/u, remedy: /name out/u },
  'lists without end': {
    text: `name: ${'['.repeat(1900)}\n`,
    line: 1,
    found: 'lists and maps nested too deep',
    remedy: /Nest less/u,
  },
  'a line without end': {
    text: '? '.repeat(200_000),
    line: 1,
    found: /2000 characters/u,
    remedy: /Break it/u,
  },
  'an empty file': { text: '', line: 1, found: 'empty', remedy: /example/u },
  'a list instead of a map': { text: '- a\n', line: 1, found: 'a list of 1', remedy: /example/u },
};

describe('a file is refused with line, found and remedy when it has', () => {
  test.each(Object.entries(forms))('%s', (_, form) => expectRefused(form));
});

test('a file of nothing but mistakes is refused in reasonable time', { timeout: 20_000 }, async () => {
  await using files = await scratch();
  const fields = Array.from({ length: 80_000 }, (_, at) => `k${at}: 1\n`).join('');
  const error = await refusal(await files.write(fields));
  expect(error.others).toBeGreaterThan(80_000);
});
