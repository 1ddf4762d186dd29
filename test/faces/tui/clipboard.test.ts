import { expect, test } from 'vitest';
import { clipboardSequence } from '../../../src/faces/tui/clipboard.ts';
import { openEmulator } from '../../terminal/emulator.ts';

test('a text of any kind reaches the clipboard, and the screen stays as it was', async () => {
  const terminal = openEmulator(20, 3, () => undefined);
  const text = 'gcloud iam roles create "Rôle 角色"\n\u001B[2J\u0007';
  await terminal.write(Buffer.from('before'));
  await terminal.write(Buffer.from(clipboardSequence(text)));
  await terminal.write(Buffer.from(', after'));
  expect(terminal.clipboard()).toEqual([text]);
  expect(terminal.screen()).toEqual(['before, after', '', '']);
});
