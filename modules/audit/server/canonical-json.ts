/**
 * Canonical JSON (RFC 8785): the one way to write a value, so that equal values have equal bytes and equal hashes.
 * Members stand in the order of their names' UTF-16 code units; `undefined` members are left out.
 * @throws {TypeError} what JSON cannot say (NaN, a function) or I-JSON forbids: half of a surrogate pair (section 3.2.2.2)
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`)
    // ECMAScript's own way to write a number is what section 3.2.2.3 asks for.
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(',')}]`
  if (typeof value === 'object') {
    if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON())
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
    return `{${members.map(([name, member]) => `${text(name)}:${canonicalJson(member)}`).join(',')}}`
  }
  throw new TypeError(`a ${typeof value} has no canonical JSON`)
}

/** Whether this text is how a value that was read from it is written: the same as writing it again, a good deal sooner. */
export function isCanonicalJson(json: string, value: unknown): boolean {
  // Half a surrogate pair is the one thing JSON.stringify would write and we would not; it begins with \\ud.
  const isPlain = JSON.stringify(value) === json && inOrder(value) && !json.includes('\\ud')
  return isPlain || canonicalJson(value) === json
}

function inOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(inOrder)
  let before = ''
  for (const [name, member] of Object.entries(value)) {
    if (name < before || !inOrder(member)) return false
    before = name
  }
  return true
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('half of a surrogate pair has no canonical JSON')
  return JSON.stringify(value)
}
