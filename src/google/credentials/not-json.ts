/** What a text that should be the JSON of a credentials file is instead, as far as that shows; nothing of it is quoted. */
export function notJson(text: string): string {
  const value = text.trim();
  const isInstead =
    value === ''
      ? 'empty'
      : /^-----BEGIN [A-Z ]*PRIVATE KEY/u.test(value)
        ? 'a private key alone, in PEM'
        : value.startsWith('-----BEGIN')
          ? 'a certificate or public key, in PEM'
          : value.startsWith('0\ufffd') || value.startsWith('0\u0082')
            ? 'a key in P12'
            : /^["'`]\s*\{/u.test(value)
              ? 'still in its quotes'
              : /^\{\s*\\/u.test(value)
                ? 'its quotes are still escaped'
                : /^(?:export\s+)?[A-Za-z_]\w*=/mu.test(value) && !value.startsWith('{')
                  ? 'variables, as in an env file'
                  : value.startsWith('{')
                    ? 'cut off, or edited by hand'
                    : undefined;
  return isInstead === undefined ? 'not JSON' : `not JSON (${isInstead})`;
}

/** What JSON without a `type` of ours is, as far as that shows: by the names of its fields alone. */
export function notCredentialsJson(json: unknown): string {
  const fields = typeof json === 'object' && json !== null ? new Set(Object.keys(json)) : new Set<string>();
  if (fields.has('installed') || fields.has('web')) return 'JSON of an OAuth client, and not of a key';
  if (fields.has('privateKeyData')) return "the API's answer, with the key file in base64 in privateKeyData";
  return 'JSON without a "type"';
}
