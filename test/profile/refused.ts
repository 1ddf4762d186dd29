import { expect } from 'vitest';
import { refusal, scratch, small } from './scratch.ts';

/** A file that must be refused, and how. */
export interface Refused {
  readonly text: string;
  readonly line: number;
  readonly found: string | RegExp;
  readonly remedy: RegExp;
}

/** Replaces `from`, which must stand in the small profile, by `to`. */
export function changed(from: string, to: string): string {
  expect(small).toContain(from);
  return small.replace(from, () => to);
}

/** Loads the file of a form, and compares how it is refused. */
export async function expectRefused({ text, line, found, remedy }: Refused): Promise<void> {
  await using files = await scratch();
  const file = await files.write(text);
  const error = await refusal(file);
  expect(error).toMatchObject({ kind: 'invalid', file, line });
  expect(error.column).toBeGreaterThan(0);
  expect(error.message.startsWith(`${file}:${error.line}:${error.column}: `)).toBe(true);
  if (typeof found === 'string') expect(error.found).toBe(found);
  else expect(error.found).toMatch(found);
  expect(error.remedy).toMatch(remedy);
  expect(error.message).not.toContain('MIIEvQ');
}
