import type { RunFlags } from './run-flags.ts';
import { usage } from './usage.ts';

/** Who the flags say we are. @throws ProblemError when they say it twice */
export function credentialChoice(
  flags: Pick<RunFlags, 'credentials' | 'accessTokenFile' | 'account' | 'impersonateServiceAccount'>,
) {
  const { credentials, accessTokenFile, account } = flags;
  const given = Object.entries({
    '--credentials': credentials,
    '--access-token-file': accessTokenFile,
    '--account': account,
  })
    .filter(([, value]) => value !== undefined)
    .map(([flag]) => flag);
  if (given.length > 1)
    throw usage(`${given.join(' and ')} were given together`, 'give one of them: each says who you are');
  return {
    credentialsFile: credentials,
    accessTokenFile,
    account,
    impersonate: flags.impersonateServiceAccount,
  };
}
