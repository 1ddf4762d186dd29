import { reach, type Reached } from '../../google/reach.ts';
import { clockWords, setTheClock } from '../../steps/clock-words.ts';
import type { Check, Checks } from './check.ts';

/** With a clock this far off, Google refuses what is signed here, in ms. */
const TELLING_SKEW_MS = 300_000;

/** Which of Google's APIs answer, or whether the other endpoint does, and what time it is there. */
export async function network(endpoint: string | undefined, signal: AbortSignal): Promise<Checks[]> {
  const { hosts, skewMs } = await reach(endpoint, signal);
  const isDeaf = hosts.every(({ httpStatus }) => httpStatus === undefined);
  return [
    {
      title: endpoint === undefined ? 'APIs of Google' : 'Endpoint',
      checks: hosts.map((host) => hostCheck(host, isDeaf)),
    },
    { title: 'Clock', checks: [clockCheck(skewMs)] },
  ];
}

/** @param isDeaf nothing answers at all */
function hostCheck({ host, ms, httpStatus, proxy, failure }: Reached, isDeaf: boolean): Check {
  const name = host.replace(/\.googleapis\.com$/u, '');
  const through = proxy === undefined ? '' : `, through the proxy ${proxy}`;
  if (httpStatus === undefined)
    return {
      name,
      text: `${failure ?? 'no answer'}${through}`,
      remedy: isDeaf
        ? "look at this machine's network, its proxy (HTTPS_PROXY) and firewall"
        : `let this machine reach ${host}: look at its proxy and firewall`,
    };
  if (httpStatus === 407)
    return { name, text: `the proxy wants a password${through}`, remedy: 'give it in HTTPS_PROXY' };
  if (httpStatus >= 500)
    return {
      name,
      text: `fails with ${httpStatus} after ${ms} ms${through}`,
      remedy: 'wait a while, then run this again',
    };
  // The front page of an API is none: that it says so is an answer.
  return { name, text: `answers in ${ms} ms, with ${httpStatus}${through}` };
}

function clockCheck(skewMs: number | undefined): Check {
  if (skewMs === undefined) return { name: 'clock', text: 'not compared: nothing answered' };
  const off = Math.abs(skewMs);
  if (off > TELLING_SKEW_MS)
    return { name: 'clock', text: clockWords({ clockSkewMs: skewMs }) ?? 'wrong', remedy: setTheClock };
  // The header that tells the time has whole seconds, and is older by the way back.
  return {
    name: 'clock',
    text: off < 2500 ? 'as there' : `${Math.round(off / 1000)} s ${skewMs > 0 ? 'ahead' : 'behind'}`,
  };
}
