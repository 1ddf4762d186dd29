import { SecretFile } from './secret-file.ts';

/**
 * The JSON text of a service account's credentials file, which Google hands out once. `text()` is for the one writer of the
 * file and for signing with it.
 */
export class PrivateKeyFile extends SecretFile {
  constructor(text: string) {
    super(text, '[private key]');
  }
}
