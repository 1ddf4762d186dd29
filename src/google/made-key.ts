import * as z from 'zod';
import { PrivateKeyFile } from './private-key-file.ts';
import { idOf } from './resource-name.ts';
import { isSound } from './sound-key.ts';

const credentialsFile = z.object({
  type: z.literal('service_account'),
  private_key_id: z.string(),
  private_key: z.string().refine(isSound),
  client_email: z.string(),
  universe_domain: z.literal('googleapis.com').optional(),
});

/**
 * The answer with a new key of an account (IAM API v1, keys.create). Its file comes once: one that is damaged on the way, or is
 * of another key, must not be taken for it, since nobody could sign in with it.
 */
export const madeKey = (email: string) =>
  z
    .object({ name: z.string(), privateKeyData: z.base64().min(1) })
    .transform(({ name, privateKeyData }) => ({
      id: idOf(name),
      file: new PrivateKeyFile(Buffer.from(privateKeyData, 'base64').toString('utf8')),
    }))
    .refine(({ id, file }) => isKeyOf(email, id, file.text()), { path: ['privateKeyData'] });

function isKeyOf(email: string, id: string, text: string): boolean {
  try {
    const file = credentialsFile.parse(JSON.parse(text));
    return file.private_key_id === id && file.client_email === email;
  } catch {
    return false;
  }
}
