/** Values of JSON beside the types that heads of Python functions annotate. */

const lists = new Set(['list', 'List', 'Sequence', 'Iterable', 'tuple', 'Tuple', 'set', 'Set'])

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  int: (value) => Number.isInteger(value) || isTagged(value, 'int'),
  float: (value) => typeof value === 'number' || isTagged(value, 'float'),
  bool: (value) => typeof value === 'boolean',
  str: (value) => typeof value === 'string',
  None: (value) => value === null,
  dict: isObject,
  Dict: isObject,
}

/** Whether a value can be of an annotated type, such as `Optional[List[int]]`; of a type that is not known here it can. */
export function mayBe(value: unknown, type: string): boolean {
  const [, name = '', inner] = /^\s*(?:typing\.)?(\w+)\s*(?:\[(.*)\])?\s*$/.exec(type) ?? []
  if (name === 'Optional') return value === null || mayBe(value, inner ?? '')
  if (lists.has(name)) return Array.isArray(value) && value.every((item) => mayBe(item, inner ?? ''))
  return Object.hasOwn(scalars, name) ? (scalars[name]?.(value) ?? true) : true
}

function isObject(value: unknown): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isTagged(value: unknown, tag: string): boolean {
  return isObject(value) && (value as { readonly $?: unknown }).$ === tag
}
