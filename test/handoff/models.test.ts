import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueOf, type Reading } from '../../src/handoff/assignment.ts';
import { readAsDotenv } from '../../src/handoff/read-as-dotenv.ts';
import { readAsNode } from '../../src/handoff/read-as-node.ts';
import { readAsShell } from '../../src/handoff/read-as-shell.ts';
import { anyMess, names } from './any-env.ts';
import { read, sourced } from './readers.ts';

const found = (reading: Reading) =>
  new Map(reading.found.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]));

describe('what is read here is what is read there, however messy the file:', () => {
  test('dotenv', () => {
    fc.assert(
      fc.property(anyMess, (text) => {
        expect(found(readAsDotenv(text))).toEqual(read.dotenv(text));
      }),
    );
  });

  test('node --env-file', () => {
    fc.assert(
      fc.property(anyMess, (text) => {
        expect(found(readAsNode(text))).toEqual(read.node(text));
      }),
    );
  });

  test.each(['bash', 'sh'] as const)('%s', async (shell) => {
    // Expansions and commands have effects of their own, which nobody here claims to foresee.
    const texts = fc
      .sample(anyMess, { numRuns: 600, seed: 7 })
      .filter((text) => !/\$[({]|[`~:]/u.test(text))
      .filter((text) => readAsShell(text).open === undefined && readAsShell(text).odd === undefined);
    expect(texts.length).toBeGreaterThan(30);
    const real = await sourced(shell, texts, names);
    for (const [at, text] of texts.entries())
      for (const name of names) {
        const reading = readAsShell(text);
        const isComputed = reading.found.some((each) => each.name === name && each.value === undefined);
        if (!isComputed) expect(real[at]?.get(name), JSON.stringify(text)).toBe(valueOf(name, reading));
      }
  });
});
