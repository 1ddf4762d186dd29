import type { Header } from '../../wizard/presentation.ts';

/** What is being made, where and as whom, as one sentence of what is known of it; undefined: nothing is. */
export function headerSentence({ profile, project, operator, badge }: Header): string | undefined {
  const making = [profile, project === undefined ? undefined : `in ${project}`];
  const parts = [
    making.filter((part) => part !== undefined).join(' '),
    operator === undefined ? '' : `signed in as ${operator}`,
    badge === undefined ? '' : `on ${cloud(badge)}, which is not Google`,
  ].filter((part) => part !== '');
  const sentence = parts.join(', ');
  return sentence === '' ? undefined : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** A badge is an endpoint, or a word such as "simulated". */
function cloud(badge: string): string {
  return badge.includes('/') ? badge : `a ${badge} cloud`;
}
