import { resolve } from 'node:path';
import type { Origin } from '../../google/credentials/resolve.ts';
import { readablePath } from '../wizard/sign-in/paths.ts';

interface Place {
  env: NodeJS.ProcessEnv;
  home: string;
  cwd: string;
}

/** The file of credentials that stand in one of Google's JSON files, as a whole path. */
export function fileOf(origin: Origin, { cwd }: Place): string | undefined {
  if (origin.from === 'file') return resolve(cwd, origin.named);
  return 'file' in origin ? resolve(cwd, origin.file) : undefined;
}

/** Where credentials come from, as a person would name it. */
export function originWords(origin: Origin, place: Place): string {
  const path = (file: string) => readablePath(resolve(place.cwd, file), place);
  switch (origin.from) {
    case 'file':
      return `--credentials: ${path(origin.named)}`;
    case 'token-file': {
      const variable = origin.named === place.env['IAMREADY_ACCESS_TOKEN_FILE'];
      return `${variable ? 'IAMREADY_ACCESS_TOKEN_FILE' : '--access-token-file'}: ${path(origin.named)}`;
    }
    case 'account':
      return '--account, whose tokens gcloud gives';
    case 'adc-variable':
      return `GOOGLE_APPLICATION_CREDENTIALS: ${path(origin.file)}`;
    case 'adc-file':
      return `application default credentials: ${path(origin.file)}`;
    case 'gcloud':
      return "gcloud's active account";
    case 'attached':
      return "this machine's metadata server";
  }
}
