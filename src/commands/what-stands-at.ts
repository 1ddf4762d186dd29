import { statSync } from 'node:fs';

/** Looked at before anything else is: a device or a pipe would be read without end. What cannot be seen is told later. */
export function whatStandsAt(file: string): 'nothing' | 'a file' | 'a folder' | 'something else' {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return 'nothing';
    if (found.isDirectory()) return 'a folder';
    return found.isFile() ? 'a file' : 'something else';
  } catch {
    return 'nothing';
  }
}
