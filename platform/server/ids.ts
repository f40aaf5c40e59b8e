import { randomFillSync } from 'node:crypto'

/** Random bytes are fetched for many ids at once: asking the system for sixteen costs as much as for thousands. */
const reserve = Buffer.alloc(16 * 256)
let used = reserve.length

/** A UUID version 7 (RFC 9562 section 5.7): sorts by the millisecond it was made in. */
export function uuidv7(now = Date.now()): string {
  if (used === reserve.length) {
    randomFillSync(reserve)
    used = 0
  }
  const bytes = reserve.subarray(used, (used += 16))
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f) // 16 bytes long
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
