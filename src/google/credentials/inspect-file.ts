import { readSmallFile } from './read-file.ts';

/** The most that a credentials file may hold, in bytes. */
export const LONGEST_CREDENTIALS_FILE = 64 * 1024;

/** What a file holds at first sight: JSON with its `type` (where it has one), or other text, such as an access token. */
export type FileContent = { holds: 'json'; type: string | undefined } | { holds: 'text' };

/**
 * Looks at a file without taking it for anything yet.
 * @throws {CredentialsError} `unreadable`: absent, a directory, not permitted, larger than credentials are
 */
export async function inspectFile(path: string): Promise<FileContent> {
  const { text } = await readSmallFile(path, LONGEST_CREDENTIALS_FILE);
  if (!text.trimStart().startsWith('{')) return { holds: 'text' };
  return { holds: 'json', type: typeIn(text) };
}

function typeIn(text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || !('type' in json)) return undefined;
  return typeof json.type === 'string' ? json.type : undefined;
}
