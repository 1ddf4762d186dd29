import {
  CredentialsError,
  credentialsFile,
  readPrivateKey,
  serviceAccountKey,
  type Credentials,
  type CredentialsFault,
} from '../google/credentials.ts';
import { nearest } from '../profile/nearest.ts';
import type { EnvNames } from '../profile/profile.ts';
import { privateKeyRemedy, variableFaults } from './variable-faults.ts';
import type { Variables } from './variables.ts';

/** An account that variables hold the credentials of. */
export interface FromVariables {
  credentials: Credentials;
  /** The project that a variable names. */
  project?: string;
  /** Which variable the credentials came from, and where it stands: "TEAM_PRIVATE_KEY in .env". */
  source: string;
}

interface Wrong {
  variable: string;
  fault: CredentialsFault;
  found: string;
  remedy: string;
}

/** Addresses of service accounts, also those that Google makes (IAM docs, types of service accounts). */
const accountForm = /^[^\s@]+@[^\s@]+\.gserviceaccount\.com$/u;
/** IDs of projects (Resource Manager); old ones carry a domain before a colon. */
const projectForm = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/u;

/** True if any variable that a profile's credentials are read from is there. */
export function hasCredentials(names: EnvNames, variables: Variables): boolean {
  const { privateKey, clientEmail, credentialsJson, keyFile } = names;
  return [privateKey, clientEmail, credentialsJson, keyFile].some(
    (name) => name !== undefined && variables.read(name) !== undefined,
  );
}

/**
 * The account that the variables of a profile hold: its private key and address, or its credentials as JSON, or the path
 * of its key file, whichever of these stands there first.
 * @param env where Google's own variables are read, for a file
 * @throws CredentialsError (`variables`) that names each variable that is missing or cannot be right, and its fault
 */
export async function credentialsFrom(
  names: EnvNames,
  variables: Variables,
  env: NodeJS.ProcessEnv,
): Promise<FromVariables> {
  const given = (name: string | undefined) => name !== undefined && variables.read(name) !== undefined;
  const project = projectIn(names, variables);
  const found = { ...(project.value !== undefined && { project: project.value }) };
  const byKey = given(names.privateKey) || given(names.clientEmail);
  if (!byKey && given(names.credentialsJson)) {
    refuse(project.wrong, variables);
    return { ...found, ...fromJson(names.credentialsJson ?? '', variables) };
  }
  if (!byKey && given(names.keyFile)) {
    refuse(project.wrong, variables);
    return { ...found, ...(await fromFile(names.keyFile ?? '', variables, env)) };
  }
  if (names.privateKey === undefined || names.clientEmail === undefined)
    throw error(
      [absent(names.credentialsJson ?? names.keyFile ?? 'a variable', names, variables)],
      variables,
    );
  const { privateKey, clientEmail, privateKeyId } = names;
  refuse(
    [...keyIn(privateKey, names, variables), ...emailIn(clientEmail, names, variables), ...project.wrong],
    variables,
  );
  const keyId = privateKeyId === undefined ? undefined : variables.read(privateKeyId);
  const text = JSON.stringify({
    type: 'service_account',
    client_email: variables.read(clientEmail)?.trim(),
    private_key: keyText(privateKey, variables),
    ...(keyId !== undefined && keyId !== '' && { private_key_id: keyId }),
  });
  const source = `${privateKey} ${variables.place}`;
  return { ...found, source, credentials: serviceAccountKey(text, source) };
}

/** A key as its reader gets it; of a file for Docker every program has to turn the line breaks back. */
function keyText(name: string, { read, format }: Variables): string {
  const value = read(name) ?? '';
  return format === 'docker' ? value.replaceAll('\\n', '\n') : value;
}

function keyIn(variable: string, names: EnvNames, variables: Variables): Wrong[] {
  if (variables.read(variable) === undefined) return [absent(variable, names, variables)];
  const read = readPrivateKey(keyText(variable, variables));
  if (read.ok) return [];
  const { fault } = read;
  return [
    { variable, fault, found: variableFaults[fault], remedy: privateKeyRemedy(variable, fault, variables) },
  ];
}

function emailIn(variable: string, names: EnvNames, variables: Variables): Wrong[] {
  const value = variables.read(variable);
  if (value === undefined) return [absent(variable, names, variables)];
  const fault = textFault(value) ?? (accountForm.test(value.trim()) ? undefined : 'not-an-account');
  if (fault === undefined) return [];
  const remedy = `write the client_email of the JSON key file: ${variable}=NAME@PROJECT.iam.gserviceaccount.com`;
  return [{ variable, fault, found: variableFaults[fault], remedy }];
}

function projectIn({ projectId }: EnvNames, { read }: Variables): { value?: string; wrong: Wrong[] } {
  const value = projectId === undefined ? undefined : read(projectId);
  if (projectId === undefined || value === undefined) return { wrong: [] };
  const fault = textFault(value) ?? (projectForm.test(value.trim()) ? undefined : 'not-a-project');
  if (fault === undefined) return { value: value.trim(), wrong: [] };
  const remedy = `write the ID of the project, as gcloud projects list shows it: ${projectId}=my-project`;
  return { wrong: [{ variable: projectId, fault, found: variableFaults[fault], remedy }] };
}

function textFault(value: string): 'empty' | 'quotes-left' | undefined {
  if (value.trim() === '') return 'empty';
  return /^["'`]|["'`]$/u.test(value.trim()) ? 'quotes-left' : undefined;
}

function absent(variable: string, names: EnvNames, variables: Variables): Wrong {
  const others = new Set<string | undefined>(Object.values(names));
  const meant = nearest(
    variable,
    variables.names().filter((name) => !others.has(name)),
  );
  const remedy =
    meant === undefined
      ? `set ${variable}, or name the key file: --key-file=FILE`
      : `${meant} is there: write ${variable} if that was meant`;
  return { variable, fault: 'missing', found: variableFaults.missing, remedy };
}

function fromJson(variable: string, variables: Variables): Pick<FromVariables, 'credentials' | 'source'> {
  const value = variables.read(variable) ?? '';
  const source = `${variable} ${variables.place}`;
  const isEncoded = /^[\w+/=\s-]+$/u.test(value) && atob64(value).startsWith('{');
  const fault = textFault(value) ?? (isEncoded ? 'base64' : undefined);
  const remedy = `put the whole JSON key file there, as it is: ${variable}='{"type": …}'`;
  refuse(fault ? [{ variable, fault, found: variableFaults[fault], remedy }] : [], variables);
  return { source, credentials: inVariable(variable, () => serviceAccountKey(value, source)) };
}

async function fromFile(
  variable: string,
  variables: Variables,
  env: NodeJS.ProcessEnv,
): Promise<Pick<FromVariables, 'credentials' | 'source'>> {
  const value = variables.read(variable) ?? '';
  const fault = textFault(value);
  const remedy = `write the path of the key file, without quotes: ${variable}=key.json`;
  refuse(fault ? [{ variable, fault, found: variableFaults[fault], remedy }] : [], variables);
  const source = `the file that ${variable} ${variables.place} names`;
  try {
    return { source, credentials: await credentialsFile(value, env) };
  } catch (thrown) {
    throw named(variable, thrown);
  }
}

function inVariable<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw named(variable, thrown);
  }
}

/** The same error, with the variable in it. */
function named(variable: string, thrown: unknown): unknown {
  if (!(thrown instanceof CredentialsError)) return thrown;
  const { kind, fault, place, value, remedy, message } = thrown;
  return new CredentialsError({
    ...{ kind, variable, place, remedy, message },
    ...(fault && { fault }),
    ...(value !== undefined && { value }),
  });
}

function atob64(value: string): string {
  return Buffer.from(value, 'base64').toString('latin1').trim();
}

function refuse(wrong: readonly Wrong[], variables: Variables): void {
  if (wrong.length > 0) throw error(wrong, variables);
}

function error(wrong: readonly Wrong[], { place }: Variables): CredentialsError {
  const [first] = wrong;
  if (first === undefined) throw new Error('nothing is wrong with these variables');
  const { variable, fault, found, remedy } = first;
  const all = wrong.map((each) => `${each.variable} ${place} is ${each.found}`).join('; ');
  return new CredentialsError({
    ...{ kind: 'variables', fault, variable, value: found, remedy },
    place: `${variable} ${place}`,
    message: all,
  });
}
