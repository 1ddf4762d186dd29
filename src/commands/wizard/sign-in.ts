import type { RunFlags } from '../run-flags.ts';
import {
  CredentialsError,
  resolveCredentials,
  type Credentials,
  type CredentialsChoice,
} from '../../google/credentials.ts';
import { isGoogleEndpoint } from '../../google/endpoint.ts';
import type { Note } from '../../wizard/question.ts';
import { chooseWay } from './sign-in/choose-way.ts';
import { logInWithGcloud } from './sign-in/gcloud-login.ts';
import type { CredentialFlags, Source } from './sign-in/source.ts';
import { typeFile } from './sign-in/type-file.ts';
import { whyNot } from './sign-in/why-not.ts';
import type { Ending, Talk } from './talk.ts';

export type { CredentialFlags, Source } from './sign-in/source.ts';

/** Who the calls are made as, and the flags that say the same; or the wish to try everything on the embedded cloud first. */
export type SignedIn = { credentials: Credentials; flags: CredentialFlags } | { embedded: true };

export interface SignInOptions {
  /** What of them names credentials answers the question; what only the environment says does not. */
  flags: RunFlags;
  /** As `parseEndpoint` gives it. */
  endpoint: string | undefined;
  env: NodeJS.ProcessEnv;
  home: string;
  cwd: string;
  canGoBack: boolean;
  /** False where the embedded cloud would be of no use. */
  trial?: boolean;
  /** All there is to choose from: nothing is looked for. */
  offered?: readonly Source[];
}

/**
 * Settles who the calls are made as. What flags name is taken; else a person chooses among what was found, even among one.
 * No call is made yet. What cannot be used is told at the question, which stays.
 * @throws LeftError where the person leaves
 */
export async function signIn(talk: Talk, options: SignInOptions): Promise<Ending<SignedIn>> {
  const { flags, env, home, cwd, offered } = options;
  const endpoint = isGoogleEndpoint(options.endpoint) ? undefined : options.endpoint;
  const place = { endpoint, env, home, cwd, signal: talk.signal };
  const impersonate = flags.impersonateServiceAccount;
  let notes: readonly Note[] = [];
  let prefer: string | undefined;

  /** Credentials of a choice; where there are none, the reason goes to the question. */
  const use = async (choice: CredentialsChoice): Promise<Ending<SignedIn> | undefined> => {
    try {
      const whole = { ...choice, endpoint: options.endpoint, env, ...(impersonate ? { impersonate } : {}) };
      const credentials = await resolveCredentials(whole);
      return { kind: 'done', value: { credentials, flags: flagsOf(whole) } };
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      notes = [{ tone: 'attention', text: `That did not work: ${whyNot(error)}.` }];
      return undefined;
    }
  };

  const named = namedBy(flags, env);
  if (named !== undefined) {
    const signedIn = await use(named);
    if (signedIn !== undefined) return signedIn;
  }
  for (;;) {
    const way = await chooseWay(talk, place, {
      canGoBack: options.canGoBack,
      trial: options.trial ?? true,
      notes,
      ...(prefer === undefined ? {} : { prefer }),
      ...(offered && { offered }),
    });
    notes = [];
    switch (way.kind) {
      case 'back':
        return { kind: 'back' };
      case 'embedded':
        return { kind: 'done', value: { embedded: true } };
      case 'login': {
        const { note, ok } = await logInWithGcloud(way.login, { talk, env });
        notes = [note];
        prefer = ok ? madeBy[way.login] : undefined;
        break;
      }
      case 'file': {
        const choice = await typeFile(talk, place);
        const signedIn = choice && (await use(choice));
        if (signedIn) return signedIn;
        break;
      }
      case 'source': {
        const signedIn = await use(way.choice);
        if (signedIn !== undefined) return signedIn;
        break;
      }
    }
  }
}

/** What a login makes: the beginning of the ID of what is to be chosen after it. */
const madeBy = { 'gcloud-login': 'gcloud:', 'adc-login': 'adc' } as const;

/** What the flags name, as `setup` reads them. A variable that only says where a token lies is an offer. */
function namedBy(flags: RunFlags, env: NodeJS.ProcessEnv): CredentialsChoice | undefined {
  const { credentials, account, impersonateServiceAccount } = flags;
  const typed = flags.accessTokenFile !== env['IAMREADY_ACCESS_TOKEN_FILE'];
  const other = credentials !== undefined || account !== undefined;
  if (!other && !(typed && flags.accessTokenFile) && impersonateServiceAccount === undefined)
    return undefined;
  const accessTokenFile = other && !typed ? undefined : flags.accessTokenFile;
  return {
    ...(credentials === undefined ? {} : { credentialsFile: credentials }),
    ...(accessTokenFile === undefined ? {} : { accessTokenFile }),
    ...(account === undefined ? {} : { account }),
  };
}

function flagsOf({
  credentialsFile,
  accessTokenFile,
  account,
  impersonate,
}: CredentialsChoice): CredentialFlags {
  return { credentials: credentialsFile, accessTokenFile, account, impersonateServiceAccount: impersonate };
}
