import type { Session } from '../../wizard/session.ts';

/** True if this session has made or deleted a key: from there on, going back takes nothing back. */
export function hasChangedKey(session: Session): boolean {
  return Object.values(session.nodes).some(
    (node) =>
      node.state === 'ready' &&
      node.changed.some(({ what, requires }) => what === 'key' && requires.length > 0),
  );
}
