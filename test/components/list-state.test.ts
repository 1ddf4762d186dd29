import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  focused,
  newList,
  reduceList,
  rowsOf,
  type ListState,
  type ListVerb,
} from '../../components/widgets/list-state.ts';
import type { Option } from '../../src/wizard/question.ts';

const option = (id: string, more: Partial<Option> = {}): Option => ({ id, label: id, ...more });
const after = (state: ListState, ...verbs: ListVerb[]) => verbs.reduce(reduceList, state);
const typed = (text: string): ListVerb => ({ type: 'type', text });
const ids = (options: readonly Option[]) => options.map(({ id }) => id);

const list = newList([
  option('alpha', { columns: ['First Project', '111'] }),
  option('beta', { unavailable: 'is being deleted' }),
  option('gamma', { columns: ['Second Project', '222'] }),
  option('type', { pinned: true }),
]);

describe('the focus', () => {
  test('is on the first that can be chosen, or on the one asked for', () => {
    expect(newList([option('a', { unavailable: 'no' }), option('b')]).focus).toBe('b');
    expect(newList([option('a'), option('b')], 'b').focus).toBe('b');
    expect(newList([option('a'), option('b', { unavailable: 'no' })], 'b').focus).toBe('a');
    expect(newList([option('a', { unavailable: 'no' })]).focus).toBeUndefined();
  });

  test('passes over what cannot be chosen, and stays at both ends', () => {
    expect(after(list, { type: 'focus-next' }).focus).toBe('gamma');
    expect(after(list, { type: 'focus-next' }, { type: 'focus-previous' }).focus).toBe('alpha');
    expect(after(list, { type: 'focus-previous' }).focus).toBe('alpha');
    expect(after(list, { type: 'focus-last' }).focus).toBe('type');
    expect(after(list, { type: 'focus-last' }, { type: 'focus-next' }).focus).toBe('type');
    expect(after(list, { type: 'page', by: 1 }).focus).toBe('gamma');
    expect(after(list, { type: 'page', by: 10 }, { type: 'page', by: -10 }).focus).toBe('alpha');
  });

  test('stays on the same option when the list grows, and the filter stays', () => {
    const chosen = after(list, typed('proj'), { type: 'focus-next' });
    expect(chosen.focus).toBe('gamma');
    const grown = after(chosen, {
      type: 'options',
      options: [option('aaa', { columns: ['A project'] }), option('other'), ...list.options],
    });
    expect(grown.focus).toBe('gamma');
    expect(grown.filter).toBe('proj');
    expect(ids(grown.shown)).toEqual(['aaa', 'alpha', 'gamma']);
  });

  test('goes from a pinned option to the first that arrives, which is what the list is for', () => {
    const empty = newList([option('type', { pinned: true })]);
    expect(empty.focus).toBe('type');
    const options = [option('a'), option('b'), option('type', { pinned: true })];
    expect(after(empty, { type: 'options', options }).focus).toBe('a');
  });

  test('stays on a pinned option that was moved to before anything arrived', () => {
    const pinned = [option('type', { pinned: true }), option('create', { pinned: true })];
    const placed = after(newList(pinned), { type: 'focus-last' });
    expect(after(placed, { type: 'options', options: [option('a'), ...pinned] }).focus).toBe('create');
  });

  test('stays on a pinned option that was moved to', () => {
    const moved = after(list, { type: 'focus-last' });
    expect(after(moved, { type: 'options', options: [...list.options, option('z')] }).focus).toBe('type');
  });
});

describe('the filter', () => {
  test('finds every word in the label or the columns, in either case', () => {
    expect(ids(after(list, typed('PROJECT')).shown)).toEqual(['alpha', 'gamma']);
    expect(ids(after(list, typed('proj 22')).shown)).toEqual(['gamma']);
    expect(ids(after(list, typed('zzz')).shown)).toEqual([]);
  });

  test('keeps the pinned, and focuses them where nothing else is left', () => {
    const none = after(list, typed('zzz'));
    expect(ids(rowsOf(none))).toEqual(['type']);
    expect(focused(none)?.id).toBe('type');
  });

  test('is erased by letters, by words, and at once', () => {
    const two = after(list, typed('one two'));
    expect(after(two, { type: 'erase' }).filter).toBe('one tw');
    expect(after(two, { type: 'erase-word' }).filter).toBe('one ');
    expect(after(two, { type: 'clear' }).filter).toBe('');
    expect(after(list, typed('👩‍👩‍👧'), { type: 'erase' }).filter).toBe('');
  });

  test('takes no control characters', () => {
    expect(after(list, typed('a\u001b\r\nb')).filter).toBe('ab');
  });

  const verb: fc.Arbitrary<ListVerb> = fc.oneof(
    fc.constantFrom<ListVerb>(
      { type: 'focus-next' },
      { type: 'focus-previous' },
      { type: 'focus-first' },
      { type: 'focus-last' },
      { type: 'erase' },
      { type: 'erase-word' },
      { type: 'clear' },
    ),
    fc.constantFrom('a', 'b', ' ', 'ab', 'c').map(typed),
    fc.integer({ min: -5, max: 5 }).map((by): ListVerb => ({ type: 'page', by })),
  );
  const options = fc.uniqueArray(
    fc.record({
      id: fc.string(),
      label: fc.constantFrom('a', 'b', 'ab', 'cab', 'B a'),
      no: fc.boolean(),
      pin: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 12 },
  );

  test('whatever is pressed: what is focused is shown and can be chosen, and filtering bit by bit is filtering', () => {
    fc.assert(
      fc.property(options, fc.array(verb), (given, verbs) => {
        const made = given.map(({ id, label, no, pin }) =>
          option(id, { label, ...(no && { unavailable: 'no' }), ...(pin && { pinned: true as const }) }),
        );
        const end = after(newList(made), ...verbs);
        const afresh = after(newList(made), typed(end.filter));
        expect(ids(end.shown)).toEqual(ids(afresh.shown));
        const choosable = rowsOf(end).filter(({ unavailable }) => unavailable === undefined);
        expect(focused(end) !== undefined).toBe(choosable.length > 0);
      }),
    );
  });
});

test('what is found does not depend on what was typed before, nor on how it was erased', () => {
  const options = ['acme-video', 'acme-site', 'site-acme', 'other'].map((id) => option(id));
  const found = (...verbs: ListVerb[]) => after(newList(options), ...verbs).shown.map(({ id }) => id);
  const type = (text: string): ListVerb => ({ type: 'type', text });
  expect(found(type('site'))).toEqual(['acme-site', 'site-acme']);
  expect(found(type('sitex'), { type: 'erase' })).toEqual(['acme-site', 'site-acme']);
  expect(found(type('o'), { type: 'clear' }, type('s'), type('i'), type('te ac'))).toEqual(
    found(type('site ac')),
  );
  expect(found(type('other'), { type: 'erase-word' })).toHaveLength(4);
});
