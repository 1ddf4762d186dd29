import { access, link } from 'node:fs/promises';
import { printed } from '../../print/printable.ts';
import { labelled } from '../../print/layout.ts';
import { checkProfile } from '../../profile/check-profile.ts';
import { commandLine } from '../../steps/shell.ts';
import type { ExitName } from '../../wizard/exit-codes.ts';
import { withPart } from '../../wizard/write-whole.ts';
import { catalogData } from '../catalog-data.ts';
import { asPhrase } from '../phrase.ts';
import type { RunFlags } from '../run-flags.ts';
import { shown } from '../shown.ts';
import { unanswered, usage } from '../usage.ts';
import { LeftError, talkIn } from '../wizard/talk.ts';
import { written } from '../written.ts';
import { askForDraft, titleOf } from './ask-draft.ts';
import { beginningOf } from './beginning.ts';
import { profileText, servicesFor, type Draft } from './draft.ts';
import { knownNames } from './known.ts';

/** What `iamready profile new` takes from the command line. */
export type NewFlags = Pick<
  RunFlags,
  | ('project' | 'endpoint' | 'credentials' | 'accessTokenFile' | 'account')
  | ('impersonateServiceAccount' | 'plain' | 'yes' | 'debug')
> & {
  name?: string;
  title?: string;
  summary?: string;
  permissions?: string;
  fromRole?: string;
  fromAccount?: string;
  fromMethods?: string;
};

/**
 * `iamready profile new`: writes a profile that `profile check` accepts. Asks for what no flag says, where a person is
 * there; with `--yes` nothing is asked. Overwrites nothing.
 * @throws ProblemError for an answer that is missing or cannot be one, or a file that is there
 */
export async function newProfile(
  given: string | undefined,
  flags: NewFlags,
  signal: AbortSignal,
  out: NodeJS.WritableStream & { columns?: number } = process.stdout,
): Promise<ExitName> {
  if (given !== undefined) await refuseTaken(given);
  const catalog = await catalogData();
  const { permissions, notes } = await beginningOf(flags, catalog, signal);
  const { stdin, stdout } = process;
  const begun = { ...flags, permissions };
  let draft: Draft;
  if (stdin.isTTY && stdout.isTTY && flags.yes !== true) {
    const { openConversation } = await import('../wizard/open-conversation.ts');
    const { conversation, left, shown: seen } = await openConversation(flags);
    try {
      await seen;
      conversation.header({});
      const talk = talkIn(conversation, AbortSignal.any([signal, left]));
      draft = await askForDraft(talk, begun, catalog, notes);
    } catch (error) {
      await conversation.close();
      if (!(error instanceof LeftError) && !left.aborted) throw error;
      stdout.write('\n  Left. Nothing was written.\n\n');
      return 'interrupted';
    } finally {
      await conversation.close();
    }
  } else draft = unasked(begun, catalog, flags.yes === true);
  return save(given ?? `./${draft.name}.yaml`, draft, notes, out);
}

/** The draft where nobody is asked. */
function unasked(
  { name, title, summary, permissions }: Omit<NewFlags, 'permissions'> & Pick<Draft, 'permissions'>,
  catalog: Parameters<typeof servicesFor>[0],
  yes: boolean,
): Draft {
  if (!yes)
    throw unanswered(
      'nobody is here to answer the questions about the profile',
      'say all of it with flags: iamready profile new --name=NAME --permissions=A,B --yes',
    );
  if (name === undefined) throw unanswered('what is it called?', 'name it: --name=team-deploy');
  if (permissions.length === 0)
    throw unanswered(
      'what may the account do?',
      'name permissions, or where they come from: --permissions=A,B, --from-role=ROLE, --from-account=EMAIL or --from-methods=A,B',
    );
  const called = title ?? titleOf(name);
  const does = summary ?? `What ${called} may do.`;
  return { name, title: called, summary: does, services: servicesFor(catalog, permissions), permissions };
}

/** Writes the file, whole or not at all, where none is. */
async function save(
  file: string,
  draft: Draft,
  notes: readonly string[],
  out: NodeJS.WritableStream & { columns?: number },
): Promise<ExitName> {
  if (!/\.ya?ml$/iu.test(file))
    throw usage(
      `${shown(file)} does not end in .yaml or .yml`,
      'name the file so: iamready profile new ./team.yaml',
    );
  const text = profileText(draft);
  const checked = checkProfile(text, file, await knownNames());
  const [mistake] = checked.ok ? [] : checked.mistakes;
  if (mistake !== undefined)
    throw usage(`${mistake.says}, expected ${mistake.expected}`, asPhrase(mistake.remedy));
  try {
    // A link is made only where nothing stands, and then to the whole file.
    await withPart(file, text, (part) => link(part, file));
  } catch (error) {
    throw notWritten(file, error);
  }
  const width = Math.max(30, Math.min(out.columns ?? 80, 100));
  const count = draft.permissions.length;
  await written(
    out,
    printed([
      ...labelled(
        '',
        `Wrote ${file}: ${count} permission${count === 1 ? '' : 's'}, each with its reason.`,
        0,
        width,
      ),
      ...notes.flatMap((note) => labelled('!', note, 3, width)),
      '',
      ...labelled('  Next', commandLine('iamready', 'profile', 'check', file), 9, width),
      ...labelled('', commandLine('iamready', 'setup', `--profile=${file}`), 9, width),
    ]),
  );
  return 'done';
}

async function refuseTaken(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw taken(file);
}

function taken(file: string) {
  return usage(
    `${shown(file)} is there already, and is not overwritten`,
    'name another file, or move that one away',
  );
}

function notWritten(file: string, error: unknown) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'EEXIST') return taken(file);
  return usage(
    `${shown(file)} cannot be written (${code})`,
    'name a file in a folder that is there and yours',
  );
}
