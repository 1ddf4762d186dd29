import type { CallLog } from '../google/cloud.ts';

/** With `--debug`: one line on stderr for every call. Names, codes and times only; never a body or a token. */
export function callLog({ debug }: { debug?: boolean }): ((entry: CallLog) => void) | undefined {
  if (debug !== true) return undefined;
  return ({ api, method, httpStatus, kind, ms, attempt }) => {
    const answer = [httpStatus, kind].filter((part) => part !== undefined).join(' ');
    process.stderr.write(`    ${api} ${method} ${answer} ${Math.round(ms)} ms, attempt ${attempt}\n`);
  };
}
