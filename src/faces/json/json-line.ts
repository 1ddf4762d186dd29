import { printed } from '../../print/printable.ts';
import type { Event } from './events.ts';

/** An event as its line of NDJSON. What a terminal would obey is escaped, so that the line may be shown as it is. */
export function jsonLine(event: Event): string {
  return printed([JSON.stringify(event)]);
}
