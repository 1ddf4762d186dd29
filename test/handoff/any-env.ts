import fc from 'fast-check';

/** The variables that the tests write. */
export const names = ['KEY', 'A', 'B_2'] as const;

/** What a private key looks like, as far as a file can tell. */
export const pem = '-----BEGIN PRIVATE KEY-----\nMIIE+/ab\nvQ==\n-----END PRIVATE KEY-----\n';

/** Text that is made of what readers of env files look at: few of these are sane, and all must be survived. */
export const anyMess = fc
  .array(
    fc.constantFrom(
      ...['KEY', 'A', 'B_2', 'x', 'é', '=', '=', '=', ':', ': ', 'export ', 'A=', 'KEY=', 'B_2= ', 'A=x'],
      ...["'", '"', '`', "='", '="', '\\', '\\n', '$', '$(', '${', '}', '(', ')', ';', '+', '~', '#', ' #'],
      ...['\n', '\n', '\n', '\r\n', ' ', '\t', '\uFEFF', '\u2028', '\\\n', "\n# don't\n", '\nX_1="a\nb"\n'],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

/** A value, often one that needs quotes. */
export const anyValue = fc.oneof(
  fc.constant(pem),
  fc.constant('remotion-sa@team-1.iam.gserviceaccount.com'),
  fc
    .array(fc.constantFrom('a', ' ', "'", '"', '`', '$', '\\', '\\n', '\n', '#', '=', '!', '~', 'é', '😀'), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** Values for some of our variables. */
export const anyValues = fc
  .tuple(...names.map((name) => fc.option(anyValue.map((value) => [name, value] as const))))
  .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== null)));

const end = fc.constantFrom('\n', '\n', '\r\n');
const other = fc.tuple(
  fc.constantFrom(
    ...['', '   ', '# a note', "# don't touch", 'export ONE=1', "TWO='a b' # two", 'THREE="it\'s"'],
    ...["FOUR='line 1\nline 2'", '  FIVE=5', 'SIX=', 'PREFIX_KEY=x', 'KEY_2=y', 'URL=https://x.example/?a=1'],
  ),
  end,
);
const own = fc.tuple(
  fc.constantFrom(...names),
  fc.constantFrom('', '', 'export ', '  ', '  export '),
  fc.constantFrom('', 'old', "'o l d'", '"old\nvalue"', '"a\\nb"', "'old\nlines\n'"),
  fc.constantFrom('', '', ' # a note of theirs'),
  end,
);

/** One piece of a sane file. `name` is there for a variable of ours. */
export interface Piece {
  readonly text: string;
  readonly name?: string;
}

/** The pieces of a file that anybody could have written, the last one with or without its line end. */
export const saneFile: fc.Arbitrary<Piece[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        other.map(([line, lineEnd]): Piece => ({ text: line + lineEnd })),
        own.map(([name, lead, value, comment, lineEnd]): Piece => ({
          text: `${lead}${name}=${value}${comment}${lineEnd}`,
          name,
        })),
      ),
      { maxLength: 10 },
    ),
    fc.boolean(),
  )
  .map(([pieces, isEnded]) =>
    isEnded
      ? pieces
      : pieces.map((piece, at) =>
          at === pieces.length - 1 ? { ...piece, text: piece.text.trimEnd() } : piece,
        ),
  );
