import type { Cause, Findings, Unread } from '../diagnosis/cause.ts';
import type { Glyphs } from '../print/glyphs.ts';
import { labelled, margin } from '../print/layout.ts';
import { printed } from '../print/printable.ts';

/** What `iamready why` has to tell. */
export interface Why extends Findings {
  email: string;
  project: string;
  /** How the account was signed in to: " by your own right"; absent: nobody could sign in as it, for this reason. */
  through?: string;
  untried?: string;
  refused?: string;
  granted: number;
  asked: number;
}

/** A page for a terminal of so many columns: a line a cause, and below it what, the remedy and what proves it. */
export function whyPage(why: Why, { columns, glyphs }: { columns: number; glyphs: Glyphs }): string {
  const width = Math.max(30, Math.min(columns, 100));
  const { email, project, causes, unread, unexplained } = why;
  const text = (words: string) => labelled('', words, 0, width);
  return printed([
    ...text(`${email} on ${project}`),
    ...text(standing(why)),
    ...causes.flatMap((cause) => causeLines(cause, glyphs, width)),
    ...(unexplained.length === 0
      ? []
      : [
          '',
          ...labelled(glyphs.blocked, unexplained.join(', '), 3, width),
          ...labelled('', 'no cause was found in what could be read', 3, width),
        ]),
    ...unread.flatMap((each) => unreadLines(each, width)),
    ...(causes.length === 0 && unexplained.length === 0 && why.untried === undefined
      ? ['', ...labelled(glyphs.ready, 'Nothing lacks.', glyphs.ready.length + 1, width)]
      : []),
  ]);
}

function standing({ through, untried, refused, granted, asked }: Why): string {
  if (untried !== undefined) return `not asked as itself: ${untried}`;
  if (refused !== undefined) return `cannot be asked as itself: ${refused}`;
  return `asked as itself${through ?? ''}: ${granted} of ${asked} granted`;
}

/** What a cause takes, in words. */
function takenBy({ kind, permissions }: Cause): string {
  if (permissions.length > 0) return permissions.join(', ');
  return kind === 'clock-skew' ? 'signing in on this machine' : 'everything';
}

function causeLines(cause: Cause, { failed }: Glyphs, width: number): string[] {
  const { what, remedy, command, evidence } = cause;
  const line = (label: string, words: string) => labelled(`   ${label}`, words, 11, width);
  return [
    '',
    ...labelled(failed, takenBy(cause), 3, width),
    ...labelled('', what, 3, width),
    ...line('Mend', remedy),
    // To be copied, so it is never wrapped here: the terminal does that, and knows that it is one line.
    ...(command === undefined ? [] : [`${margin}   Run     ${command}`]),
    ...evidence.flatMap(({ call, resource, said }) => line('Seen in', `${call} on ${resource}: ${said}`)),
  ];
}

function unreadLines({ what, needs, said }: Unread, width: number): string[] {
  return [
    '',
    ...labelled('?', `not read: ${what}`, 3, width),
    ...labelled('', `needs ${needs}; ${said}`, 3, width),
  ];
}
