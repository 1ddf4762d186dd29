import type { Conversation, Suggestion } from '../../faces/conversation.ts';
import { outcomeLines } from '../../faces/text/outcome.ts';
import { glyphsFor, showsUnicode } from '../../print/glyphs.ts';
import { printed } from '../../print/printable.ts';
import type { ExitName } from '../../wizard/exit-codes.ts';
import type { Question } from '../../wizard/question.ts';
import { commandLine } from '../../steps/shell.ts';
import { setupErrand } from '../setup-errand.ts';
import { InterruptedError } from '../interrupted.ts';
import { guide, type Guided, type Start } from './guide.ts';
import { LeftError, talkIn } from './talk.ts';
import type { Progress } from './work.ts';

/** What a conversation is held with. */
export interface Holding {
  conversation: Conversation;
  /** Ends the wizard from outside. */
  signal: AbortSignal;
  /** Ended by the person while no question is open. */
  left: AbortSignal;
  suggest?: (question: Question) => Suggestion | undefined;
  stdout: NodeJS.WriteStream;
}

/**
 * Guides a person through the wizard, gives the terminal back whatever happens, and leaves there what came of it.
 * @throws what stopped the wizard, after the terminal was given back
 */
export async function hold(
  { conversation, signal, left, suggest, stdout }: Holding,
  start: Start,
): Promise<{ exit: ExitName } | { embedded: true }> {
  const stop = AbortSignal.any([signal, left]);
  const over = new AbortController();
  const talk = talkIn(conversation, AbortSignal.any([stop, over.signal]), suggest);
  const progress: Progress = {};
  let guided: Guided;
  try {
    guided = await guide(talk, start, progress);
  } catch (error) {
    await conversation.close();
    if (!(error instanceof LeftError) && !stop.aborted) throw error;
    // Where the session is told in lines, so is its end, in their form.
    if (start.face !== undefined) throw new InterruptedError();
    stdout.write(printed(leftLines(progress, start)));
    return { exit: 'interrupted' };
  } finally {
    // What nobody waits for any more, such as a list of projects, would keep the process until it is answered.
    over.abort(new Error('the wizard is over'));
  }
  await conversation.close();
  if (guided.kind === 'embedded') return { embedded: true };
  const { scene, outcome } = guided;
  if (start.face !== undefined) start.face.end(outcome);
  else stdout.write(printed(outcomeLines(scene, outcome, marksFor(start.env, stdout))));
  return { exit: outcome.exit };
}

function marksFor(env: NodeJS.ProcessEnv, stdout: NodeJS.WriteStream) {
  const width = Math.max(30, Math.min(100, stdout.isTTY ? stdout.columns : 80));
  return { glyphs: glyphsFor(env), arrow: showsUnicode(env) ? '→' : '->', width };
}

/** What stands on the terminal after somebody left: what was done by then, and how to go on. */
function leftLines(
  { session, steps = [] }: Progress,
  { demo, errand = setupErrand, endpoint, flags }: Start,
): string[] {
  if (demo) return ['', '  Left the demo; its cloud is gone, and nothing of it stays.', ''];
  const titled = (wanted: (state: string, changed: boolean) => boolean): string =>
    steps
      .filter(({ id }) => {
        const node = session?.nodes[id];
        return node && wanted(node.state, node.state === 'ready' && node.changed.length > 0);
      })
      .map(({ title }) => title.toLowerCase())
      .join(', ');
  const made = titled((_state, changed) => changed);
  const open = titled((state) => state === 'acting' || state === 'settling');
  const again = commandLine(
    'iamready',
    ...(errand.command === 'setup' ? [] : [errand.command]),
    ...(endpoint === undefined ? [] : [`--endpoint=${endpoint}`]),
    ...(flags.stateDir === undefined ? [] : [`--state-dir=${flags.stateDir}`]),
  );
  return [
    '',
    made === '' && open === '' ? '  Left. Nothing was written.' : '  Left.',
    ...(made === '' ? [] : [`  ${errand.words.done}: ${made}.`]),
    ...(open === '' ? [] : [`  Under way when you left, and looked at again next time: ${open}.`]),
    `  ${again} goes on from here.`,
    '',
  ];
}
