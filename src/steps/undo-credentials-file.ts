import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod';
import type { UndoKind } from './undo-kind.ts';
import { undoStep } from './undo-step.ts';

/** Credentials that act as an account by a person's login (google-auth-library, impersonated credentials). */
const ActingFile = z.object({
  type: z.literal('impersonated_service_account'),
  service_account_impersonation_url: z.string(),
});

/** A file that a run made, with which programs act as the account by somebody's login. */
export const undoCredentialsFile: UndoKind = {
  kind: 'credentials-file/created',
  id: 'credentials',
  step(given) {
    const { traces } = given;
    const path = traces[0]?.made.name ?? '';
    const email = traces.at(-1)?.evidence['email'] ?? '';
    return undoStep<'none' | 'ours' | 'other'>(given, {
      title: 'Credentials',
      why: 'A file with which programs here act as the account. The login in it stays good.',
      undo: 'setup makes it again',
      doing: `look at or remove ${path}`,
      look: () => standsAt(path, email),
      compare: (found) =>
        found === 'ours'
          ? [
              {
                sign: '-',
                what: 'file',
                name: path,
                from: `acts as ${email}`,
                to: 'removed',
                why: 'it holds a login, and nothing needs it here any more',
                source: 'made by iamready',
                requires: [],
              },
            ]
          : [],
      facts: (found) =>
        found === 'other'
          ? [{ tone: 'attention', text: `${path} holds something else by now, and is left as it is` }]
          : [],
      async act() {
        if ((await standsAt(path, email)) === 'ours') await rm(path, { force: true });
      },
    });
  },
};

/** Whether it is still what a run wrote: credentials that act as this account. */
async function standsAt(path: string, email: string): Promise<'none' | 'ours' | 'other'> {
  try {
    const { service_account_impersonation_url: url } = ActingFile.parse(
      JSON.parse(await readFile(path, 'utf8')),
    );
    return url.endsWith(`/serviceAccounts/${email}:generateAccessToken`) ? 'ours' : 'other';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'none' : 'other';
  }
}
