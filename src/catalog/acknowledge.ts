import type { Acknowledgement, Finding, KnownFinding } from './finding.ts';

/** Splits what was found into what is known and what is not; an acknowledgement that matches nothing is found, too. */
export function acknowledge(
  found: readonly Finding[],
  acknowledged: readonly Acknowledgement[],
): { open: Finding[]; known: KnownFinding[] } {
  const idle = new Set(acknowledged.flatMap(({ kind, of }) => of.map((pattern) => `${kind}: ${pattern}`)));
  const open: Finding[] = [];
  const known: KnownFinding[] = [];
  for (const finding of found) {
    const why = acknowledged.flatMap((each) => {
      const hits = each.kind === finding.kind ? each.of.filter((pattern) => like(pattern, finding.of)) : [];
      for (const pattern of hits) idle.delete(`${each.kind}: ${pattern}`);
      return hits.length > 0 ? [each.why] : [];
    });
    if (why[0] === undefined) open.push(finding);
    else known.push({ ...finding, why: why[0] });
  }
  for (const each of idle)
    open.push({
      kind: 'idle-acknowledgement',
      of: each,
      names: [],
      says: `"${each}" is acknowledged, and is not found any more. Take it out.`,
      where: ['acknowledged.yaml'],
      sources: [],
    });
  return { open, known };
}

/** Whether a text is meant by a pattern in which `*` stands for anything. */
function like(pattern: string, text: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === text;
  if (!text.startsWith(start)) return false;
  let at = start.length;
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return text.length >= at + part.length && text.endsWith(part);
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}
