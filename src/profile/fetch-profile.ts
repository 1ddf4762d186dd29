import { createHash } from 'node:crypto';
import { printable } from './printable.ts';
import { ProfileError } from './profile-error.ts';
import { largestFile } from './read-text.ts';

/** How long fetching a profile may take, from the first byte sent to the last received, in ms. */
const patienceMs = 10_000;
const mostRedirects = 3;

/** The text of a profile as its address gave it. */
export interface FetchedProfile {
  /** As it was named, cleaned for print. */
  url: string;
  text: string;
  /** Of its bytes, in hexadecimal digits. */
  sha256: string;
  bytes: number;
}

/** Whether a profile is named by an address. */
export function isAddress(profile: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//iu.test(profile);
}

/**
 * Fetches the text of a profile: over https alone, at most 1 MB in 10 s, with no user name or password in the address, and
 * along no redirect that leads to another host. Nothing is sent but the request; nothing is checked but that it is text.
 * @throws ProfileError (`unreadable`) that says what stood in the way
 */
export async function fetchProfile(address: string, signal: AbortSignal): Promise<FetchedProfile> {
  const url = printable(address, 200);
  const refuse = (found: string, remedy: string) =>
    new ProfileError({
      kind: 'unreadable',
      message: `${url} ${found}`,
      file: url,
      found,
      expected: 'the text of a profile of at most 1 MB, over https',
      remedy,
    });
  const first = URL.canParse(address) ? new URL(address) : undefined;
  if (first === undefined) throw refuse('is no address', 'Check it: https://example.com/team.yaml.');
  if (first.protocol !== 'https:')
    throw refuse('is not fetched: what it says could be changed on the way', 'Name it with https://.');
  if (first.username !== '' || first.password !== '')
    throw new ProfileError({
      kind: 'unreadable',
      message: `the address on ${printable(first.host)} holds a user name or password`,
      found: 'a user name or password',
      expected: 'an address without one',
      remedy: 'Fetch the file yourself, and name its path.',
    });
  const late = AbortSignal.timeout(patienceMs);
  try {
    const response = await follow(first, AbortSignal.any([signal, late]), refuse);
    if (response.status !== 200)
      throw refuse(`answers ${response.status}`, 'Check the address, and that everybody may read it.');
    if (/^text\/html/iu.test(response.headers.get('content-type') ?? ''))
      throw refuse('is a web page', 'Name the address of the file itself; on GitHub, Raw leads to it.');
    const bytes = await bodyOf(response, () =>
      refuse('is larger than 1 MB', 'Keep reasons short, or split the profile in two.'),
    );
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { url, text: decoded(bytes, refuse), sha256, bytes: bytes.length };
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    signal.throwIfAborted();
    if (late.aborted)
      throw refuse('took longer than 10 s', 'Try again, or fetch the file yourself and name its path.');
    throw refuse(`cannot be fetched (${codeOf(error)})`, 'Check the address and the network.');
  }
}

type Refuse = (found: string, remedy: string) => ProfileError;

async function follow(first: URL, signal: AbortSignal, refuse: Refuse): Promise<Response> {
  let url = first;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await fetch(url.href, {
      redirect: 'manual',
      signal,
      headers: { accept: 'text/*, application/yaml' },
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (next?.protocol !== 'https:' || next.host !== first.host)
      throw refuse(
        `leads elsewhere, to ${printable(next?.host ?? 'no address')}`,
        'Name the address where it lies, if you trust that one.',
      );
    url = next;
  }
  throw refuse('leads in circles', 'Name the address where it lies.');
}

async function bodyOf(response: Response, tooLarge: () => ProfileError): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > largestFile) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decoded(bytes: Buffer, refuse: Refuse): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('is not UTF-8 text', 'Save it as UTF-8 there.');
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer';
}
