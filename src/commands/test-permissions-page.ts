import { labelled } from '../print/layout.ts';
import type { Glyphs } from '../print/glyphs.ts';
import { printed } from '../print/printable.ts';
import type { PermissionTest } from '../proof/permission-test.ts';
import type { AccountTests } from '../proof/test-account.ts';

type Missing = Extract<PermissionTest, { granted: false }>;

/** What `iamready test-permissions` prints: a line a permission, then why each missing one is, and what to do. */
export function testPermissionsPage(
  { email, principal, source, project, tests }: AccountTests,
  { columns, glyphs }: { columns: number; glyphs: Glyphs },
): string {
  const width = Math.max(30, Math.min(columns, 100));
  const text = (words: string) => labelled('', words, 0, width);
  const missing = tests.filter((test) => !test.granted);
  const isPerson = email !== undefined && !email.endsWith('.gserviceaccount.com');
  const groups = Map.groupBy(missing, ({ cause, remedy }) => `${cause}\n${remedy}`);
  return printed([
    ...text(email ?? principal),
    ...text(`${source === undefined ? 'signed in' : `signed in with ${source}`}, on ${project}`),
    ...(isPerson
      ? labelled('!', 'a person, and no service account: name a key with --key-file', 3, width)
      : []),
    '',
    ...tests.flatMap((test) => testLines(test, glyphs, width)),
    ...[...groups.values()].flatMap((group) => causeLines(group, width)),
    '',
    ...text(
      missing.length === 0
        ? `All ${tests.length} granted.`
        : `${tests.length - missing.length} of ${tests.length} granted.`,
    ),
  ]);
}

function testLines(test: PermissionTest, { ready, failed }: Glyphs, width: number): string[] {
  const room = 3;
  const line = labelled(test.granted ? ready : failed, test.permission, room, width);
  if (test.granted || test.why === undefined) return line;
  return [...line, ...labelled('', `fails without it: ${test.why}`, room, width)];
}

/** Those that are missing for the same reason, and are mended by the same step. */
function causeLines(group: readonly Missing[], width: number): string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    '',
    ...labelled('!', group.map(({ permission }) => permission).join(', '), 3, width),
    ...labelled('', first.cause, 5, width),
    ...labelled('  Next', first.remedy, 9, width),
  ];
}
