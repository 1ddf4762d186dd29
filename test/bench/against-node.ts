import { byTurns, median } from './measure.ts';
import { plainEnv, runIamready, runProgram } from './program.ts';
import { ratioRow, shownMs, type Row } from './table.ts';

/** `--version` and `--help` against the same Node that does nothing. */
export async function againstBareNode(rounds: number): Promise<Row[]> {
  const times = await byTurns(rounds, {
    node: async () => (await runProgram(process.execPath, ['-e', '0'], { env: plainEnv })).ms,
    version: async () => (await runIamready(['--version'])).ms,
    help: async () => (await runIamready(['--help'])).ms,
  });
  const bare = median(times.node);
  const row = (flag: 'version' | 'help', target: { most?: number }): Row => {
    const ms = median(times[flag]);
    return ratioRow(`--${flag}`, shownMs(ms), `node -e 0: ${shownMs(bare)}`, ms / bare, target);
  };
  return [row('version', { most: 1.6 }), row('help', {})];
}
