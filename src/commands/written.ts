/** Writes to a stream; resolves once it has taken everything. */
export function written(out: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Where a command writes what it answers, and how. */
export interface Output {
  /** One JSON object a line instead of text. */
  readonly json: boolean;
  readonly out: NodeJS.WritableStream;
  /** Width of the text in columns; 80 when not given. Words that are wider are never broken. */
  readonly columns?: number | undefined;
  /** Says where the cache folder is; the process's own when not given. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}
