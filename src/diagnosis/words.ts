import { called } from '../steps/spot.ts';
import type { Level } from './looking.ts';

/** A role as people read it: "RemotionSA", "roles/run.viewer". */
export function roleShown(role: string): string {
  return /^(?:projects|organizations)\/[^/]+\/roles\/(?<id>.+)$/u.exec(role)?.groups?.['id'] ?? role;
}

/** A resource as people read it: "acme-video", "the bucket acme-reports", "the folder 418820519377". */
export function levelShown(level: Level): string {
  if (level.kind === 'project') return level.id;
  return level.kind === 'folder' ? `the folder ${level.id}` : called(level);
}

/** "it" for one thing, "them" for several. */
export function them(things: readonly unknown[]): string {
  return things.length === 1 ? 'it' : 'them';
}
