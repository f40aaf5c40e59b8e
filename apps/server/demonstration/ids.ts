import { createHash } from 'node:crypto'

/**
 * An id that is the same at each installation and sorts by time like every other (RFC 9562 version 7): 48 bits of
 * milliseconds, then what stands for chance.
 */
export function demoId(what: string, number: number, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  const rest = createHash('md5').update(`${what} ${number}`).digest('hex')
  return hyphenated(`${time}7${rest.slice(0, 3)}8${rest.slice(3, 18)}`)
}

/** An id of the same shape for rows that SQL makes. @param number @param at SQL expressions: a whole number, a timestamptz */
export function demoIdSql(number: string, at: string): string {
  const time = `lpad(to_hex((extract(epoch FROM ${at}) * 1000)::bigint), 12, '0')`
  return `(${time} || '70008' || lpad(to_hex(${number}), 15, '0'))::uuid`
}

const hyphenated = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
