type Tree = Map<string, Tree>;

/** Parses `a,b/c,d(e,f),g.h` into a tree; undefined when it makes no sense. */
function parse(mask: string): Tree | undefined {
  const root: Tree = new Map();
  const stack = [root];
  let path = [root];
  for (const token of mask.match(/[^,./()\s]+|[(),]/g) ?? []) {
    const top = stack.at(-1);
    const at = path.at(-1);
    if (!top || !at) return undefined;
    if (token === '(') {
      stack.push(at);
      path = [at];
    } else if (token === ')') {
      stack.pop();
      path = stack.slice(-1);
    } else if (token === ',') path = [top];
    else {
      const child: Tree = at.get(token) ?? new Map<string, Tree>();
      at.set(token, child);
      path = [child];
    }
  }
  return root;
}

function select(value: unknown, tree: Tree): unknown {
  if (tree.size === 0 || tree.has('*')) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => select(item, tree));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      const child = tree.get(name);
      return child ? [[name, select(field, child)]] : [];
    }),
  );
}

/** Applies the `fields` parameter of a request to its answer: only what the mask names stays. */
export function selectFields(body: object, mask: string | null): object {
  const tree = mask ? parse(mask) : undefined;
  const selected = tree ? select(body, tree) : body;
  return typeof selected === 'object' && selected !== null ? selected : body;
}
