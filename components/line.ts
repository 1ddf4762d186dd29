/** How a piece of text is meant; the theme says how it looks. Never the only carrier of a meaning. */
export type Tone = 'plain' | 'dim' | 'accent' | 'good' | 'attention' | 'bad';

/** A piece of a line. Its text may hold anything; whoever draws it makes it safe for a terminal. */
export interface Span {
  text: string;
  tone?: Tone;
  bold?: true;
}

/** One line of a panel, as data: it can be measured, cut, scrolled through and tested without a terminal. */
export type Line = readonly Span[];
