import * as z from 'zod';

/** RFC 6750 section 2.1, b64token: what an access token consists of, and also what may stand in a header. */
export const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** An access token in an answer. One that could not be sent must not be kept for an hour. */
export const tokenText = z.string().regex(TOKEN);
