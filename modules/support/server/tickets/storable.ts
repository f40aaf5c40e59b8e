/**
 * What a stranger wrote, as PostgreSQL takes it: without NUL, which no text of its has, and without half characters, which no
 * jsonb has. A mail that could not be written down would be read again for ever.
 */

export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** As much of it as is kept. */
export const cut = (text: string, most: number): string =>
  storable(text.length <= most ? text : `${text.slice(0, most)}…`)

/** Every text in something, however deep; bytes and instants stay what they are. */
export function allStorable<T>(value: T): T
export function allStorable(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.map((one: unknown) => allStorable(one))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, allStorable(one)]))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
