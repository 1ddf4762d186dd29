import { commandLine } from '../steps/shell.ts';
import type { Cause, Unread } from './cause.ts';
import type { Looking } from './looking.ts';
import { repairOr } from './mending.ts';
import type { Subject } from './subject.ts';

/** What of the account itself or of its key keeps everything away. */
export async function accountCauses(
  subject: Subject,
  look: Looking,
): Promise<{ causes: Cause[]; unread: Unread[] }> {
  const { key, refusal } = subject;
  const isAsked = key !== undefined && refusal !== undefined;
  const [account, keys] = await Promise.all([look.account(), isAsked ? look.keys() : undefined]);
  if ('unread' in account) return { causes: [], unread: refusal === undefined ? [] : [account.unread] };
  const { email, project, uniqueId } = subject;
  const mend = (otherwise: string | undefined) => {
    const { command } = repairOr(subject, [], otherwise);
    return command === undefined ? {} : { command };
  };
  const causes: Cause[] = [];
  if (account.value === null) {
    const undelete =
      uniqueId &&
      commandLine('gcloud', 'iam', 'service-accounts', 'undelete', uniqueId, `--project=${project}`);
    causes.push({
      kind: 'account-missing',
      permissions: [],
      what: `there is no account ${email}`,
      remedy: undelete
        ? `make it again, or have the old one back within 30 days, with its keys and bindings (${undelete}): whoever administers accounts in ${project}`
        : `make it: whoever administers accounts in ${project}`,
      ...mend(undefined),
      evidence: [account.cite('there is no such account')],
    });
  } else if (account.value.disabled)
    causes.push({
      kind: 'account-disabled',
      permissions: [],
      what: `the account ${email} is disabled, so that nobody can sign in as it`,
      remedy: `enable it: whoever administers accounts in ${project}`,
      ...mend(commandLine('gcloud', 'iam', 'service-accounts', 'enable', email, `--project=${project}`)),
      evidence: [account.cite('disabled: true')],
    });
  if (keys === undefined || key === undefined || account.value === null) return { causes, unread: [] };
  if ('unread' in keys) return { causes, unread: causes.length > 0 ? [] : [keys.unread] };
  const { id, file } = key;
  const found = keys.value?.find((each) => each.id === id);
  const replace = `make a new one: whoever administers the keys of ${email}`;
  if (found === undefined)
    causes.push({
      kind: 'key-missing',
      permissions: [],
      what: `the key ${id} in ${file} is not a key of ${email} any more`,
      remedy: replace,
      ...mend(
        commandLine('gcloud', 'iam', 'service-accounts', 'keys', 'create', file, `--iam-account=${email}`),
      ),
      evidence: [keys.cite(`${keys.value?.length ?? 0} keys, and ${id} is none of them`)],
    });
  else if (found.disabled)
    causes.push({
      kind: 'key-disabled',
      permissions: [],
      what: `the key ${id} in ${file} is disabled`,
      remedy: `enable it, or make a new one: whoever administers the keys of ${email}`,
      command: commandLine(
        'gcloud',
        'iam',
        'service-accounts',
        'keys',
        'enable',
        id,
        `--iam-account=${email}`,
        `--project=${project}`,
      ),
      evidence: [keys.cite(`${id} has disabled: true`)],
    });
  else if (found.validBefore <= look.now())
    causes.push({
      kind: 'key-expired',
      permissions: [],
      what: `the key ${id} in ${file} expired on ${found.validBefore.toISOString().slice(0, 10)}`,
      remedy: replace,
      ...mend(
        commandLine('gcloud', 'iam', 'service-accounts', 'keys', 'create', file, `--iam-account=${email}`),
      ),
      evidence: [keys.cite(`${id} has validBeforeTime ${found.validBefore.toISOString()}`)],
    });
  return { causes, unread: [] };
}
