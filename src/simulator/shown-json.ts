/** A value as the JSON of an answer: Google's is indented by two, and ends with a line. */
export const shownJson = (body: object): string => `${JSON.stringify(body, undefined, 2)}\n`;
