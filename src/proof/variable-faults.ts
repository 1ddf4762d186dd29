import { privateKeyFaults, type CredentialsFault, type PrivateKeyFault } from '../google/credentials.ts';
import type { Variables } from './variables.ts';

/** What each fault of a variable looks like to a person; never a part of its value. */
export const variableFaults: Readonly<Record<CredentialsFault, string>> = {
  ...privateKeyFaults,
  missing: 'missing',
  'not-json': 'not JSON',
  'wrong-type': 'of another type',
  'not-an-account': 'not the address of a service account',
  'not-a-project': 'not the ID of a project',
  'wrong-project': 'another project',
};

/** How to mend the variable of a private key: what helps depends on who reads it. */
export function privateKeyRemedy(variable: string, fault: PrivateKeyFault, { format }: Variables): string {
  const anew = `put the private_key of the JSON key file into ${variable} anew`;
  switch (fault) {
    case 'quotes-left':
      return format === 'dotenv'
        ? `close the quotes around ${variable} where they open, with nothing behind them`
        : `set ${variable} without quotes: nothing takes them away there`;
    case 'line-breaks-escaped':
      return format === 'dotenv'
        ? `put the value of ${variable} in double quotes, in which dotenv turns \\n back`
        : `set ${variable} with real line breaks: printf '%b' turns \\n back`;
    case 'line-breaks-lost':
    case 'cut-off':
      return format === 'dotenv'
        ? `${anew}, all lines of it, in single quotes; iamready setup --env=FILE writes it so`
        : `${anew}, all lines of it`;
    case 'path':
      return `${anew}: the key itself, and not where it lies`;
    case 'base64':
      return `decode ${variable} first: base64 --decode`;
    case 'json':
    case 'empty':
    case 'public-key':
    case 'certificate':
    case 'encrypted':
    case 'not-rsa':
    case 'damaged':
    case 'no-pem':
      return anew;
  }
}
