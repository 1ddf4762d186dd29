import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detailLines } from '../../../components/panels/details.ts';
import type { Room } from '../../../components/panels/layout.ts';
import { wrapped } from '../../../components/panels/layout.ts';
import { planLines } from '../../../components/panels/plan.ts';
import { problemLines } from '../../../components/panels/problem.ts';
import { sessionLines } from '../../../components/panels/session.ts';
import { stepLines } from '../../../components/panels/step.ts';
import { ascii, unicode } from '../../../components/theme.ts';
import { widthOf } from '../../../src/print/width.ts';
import { anyText } from '../../print/any-text.ts';
import { expectToFit } from './drawn.ts';
import { hostile, planOf, problemQuestion, stepQuestion } from './examples.ts';

const anyRoom: fc.Arbitrary<Room> = fc.record({
  width: fc.integer({ min: 36, max: 130 }),
  marks: fc.constantFrom(unicode, ascii),
});

test('no text, however long, wide or hostile, makes a panel wider than its room', () => {
  const anyName = fc.oneof(
    anyText,
    anyText.map((text) => text.repeat(4)),
  );
  fc.assert(
    fc.property(anyName, anyRoom, (text, room) => {
      const { view, changes, problem } = hostile(text);
      const step = { ...stepQuestion('role', ...changes), title: text, why: text };
      const notes = [{ tone: 'attention' as const, text }];
      expectToFit(planLines({ question: { ...planOf(...changes), foot: [text], notes }, view }, room), room);
      expectToFit(stepLines({ question: { ...step, notes }, view }, room), room);
      const asked = { ...problemQuestion(problem, text), others: [text], notes };
      expectToFit(problemLines({ question: asked, view }, room), room);
      expectToFit(sessionLines({ view, now: 1e12 }, room), room);
      expectToFit(detailLines({ view, step: 'all' }, room), room);
    }),
    { numRuns: 30 },
  );
});

test('wrapping loses nothing but spaces at the edges', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 16, max: 60 }), (text, width) => {
      const lines = wrapped(text, width);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }),
  );
});
