import { Refusal } from '../errors.ts';

/** A refusal in the form of RFC 6749, in which the token endpoints answer. */
export const refuse = (error: string, description: string) =>
  new Refusal(description, 400, { error, error_description: description });

/** For a pool or provider that is absent, deleted or disabled (pasted in public reports). */
export const invalidTarget = () =>
  refuse(
    'invalid_target',
    'The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is disabled or deleted or because it doesn\'t exist.',
  );

/** For an audience that is no provider's name (pasted in public reports). */
export const invalidAudience = () =>
  refuse(
    'invalid_request',
    'Invalid value for "audience". This value should be the full resource name of the Identity Provider. See https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token for the list of possible formats.',
  );
