import type { Fact } from '../../wizard/step.ts';
import { nodeOf, type Session } from '../../wizard/session.ts';
import type { Talk } from './talk.ts';

const flag = '--remove-extra';

/** What the role holds that nobody asked for, where that is still to be decided. */
export function extraOf(session: Session): Fact | undefined {
  if (!session.order.includes('role')) return undefined;
  const role = nodeOf(session, 'role');
  return 'facts' in role ? role.facts.find((fact) => fact.flag === flag) : undefined;
}

/** Asks whether permissions that others added to the role shall go. The plan then shows each before it does. */
export async function askAboutExtra(talk: Talk, { tone, text }: Fact): Promise<boolean> {
  const answer = await talk.ask({
    kind: 'choice',
    id: 'extra',
    at: 'role',
    title: 'The role holds more than the profile asks for. Shall that go?',
    why: 'Somebody added it, and may need it. Whatever the role holds, whoever gets into the account may do.',
    flag,
    canGoBack: false,
    noun: 'way',
    filter: false,
    loading: false,
    notes: [{ tone, text }],
    options: [
      { id: 'keep', label: 'leave it', columns: ['as found'] },
      { id: 'remove', label: 'take it away', columns: ['the plan shows each permission before it goes'] },
    ],
  });
  return answer.kind === 'chosen' && answer.id === 'remove';
}
