import type { Problem } from '../wizard/problem.ts';
import { ProblemError } from '../wizard/problem.ts';
import { UnansweredError } from '../faces/told.ts';
import { CatalogError } from '../catalog/catalog-error.ts';
import { EndpointError } from '../google/endpoint.ts';
import { CredentialsError } from '../google/credentials.ts';
import { CloudError } from '../google/errors.ts';
import { ProfileError } from '../profile/profile-error.ts';
import { shown } from './shown.ts';
import { asPhrase } from './phrase.ts';
import { InterruptedError } from './interrupted.ts';
import { cloudProblem } from '../steps/cloud-problem.ts';

/** What any failure of a command means to a person. What is not known here is a bug of ours. */
export function problemOf(error: unknown, signal: AbortSignal): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof InterruptedError || signal.aborted) return interrupted;
  if (error instanceof ProfileError || error instanceof CatalogError)
    return { mover: 'person', what: error.message, next: asPhrase(error.remedy), exit: 'usage' };
  if (error instanceof UnansweredError)
    return {
      mover: 'person',
      what: `nobody is here to answer: ${error.question.title}`,
      next: `say it with a flag: ${error.question.flag}`,
      exit: 'unanswered',
    };
  if (error instanceof EndpointError)
    return {
      mover: 'person',
      what: `${error.message}${error.value === undefined ? '' : `: ${shown(error.value)}`}`,
      next: 'give it as scheme, host and port: --endpoint=http://127.0.0.1:8080',
      exit: 'usage',
    };
  if (error instanceof CredentialsError || error instanceof CloudError)
    return cloudProblem(error, { project: 'the project', doing: 'sign in' });
  return {
    mover: 'us',
    what: 'a bug of ours stopped this run',
    why: error instanceof Error ? error.message : String(error),
    next: 'run it again with --debug and report what it prints; what was done is kept, and the next run goes on from there',
    exit: 'bug',
  };
}

const interrupted: Problem = {
  mover: 'person',
  what: 'interrupted',
  why: 'what was done is kept, and the cloud is looked at afresh next time',
  next: 'run the same command again to go on from here',
  exit: 'interrupted',
};
