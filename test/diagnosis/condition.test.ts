import { expect, test } from 'vitest';
import { verdictOn } from '../../src/diagnosis/condition.ts';
import type { Level } from '../../src/diagnosis/looking.ts';

const now = new Date('2026-06-01T12:00:00Z');
const project: Level = { kind: 'project', id: 'acme-video' };
const bucket: Level = { kind: 'bucket', id: 'acme-reports' };

test.each([
  ['request.time < timestamp("2030-01-01T00:00:00Z")', project, 'holds'],
  ['request.time < timestamp("2026-01-01T00:00:00Z")', project, 'false'],
  ['request.time.getHours("Europe/Berlin") >= 9 && request.time.getDayOfWeek("UTC") == 1', project, 'holds'],
  ['resource.name.startsWith("projects/_/buckets/acme-renders")', project, 'false'],
  ['resource.name.startsWith("projects/_/buckets/acme-rep")', bucket, 'holds'],
  ['resource.type == "storage.googleapis.com/Object"', bucket, 'false'],
  // By ID or by number: nobody here knows which Google puts there.
  ['resource.name == "projects/acme-video"', project, 'unknown'],
  ['resource.matchTag("583920471652/env", "prod")', project, 'unknown'],
  [
    'resource.matchTag("583920471652/env", "prod") && request.time < timestamp("2020-01-01T00:00:00Z")',
    project,
    'false',
  ],
  ['destination.port == 443', project, 'unknown'],
  ['no expression at all (', project, 'unknown'],
  ['resource.name == "x"', { kind: 'account', id: 'a@b' } as const, 'unknown'],
] as const)('the condition %s', (expression, level, verdict) => {
  expect(verdictOn({ expression }, level, now)).toBe(verdict);
});
