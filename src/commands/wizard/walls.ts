import { nodeOf, type Session } from '../../wizard/session.ts';

/** True if this session has made a key: from there on, going back takes nothing back. */
export function hasMadeKey(session: Session): boolean {
  const node = nodeOf(session, 'key');
  return node.state === 'ready' && node.changed.length > 0;
}
