import type { proofTypes } from '#contract/privacy'
import { mediaTypeOf } from '#platform/server/media-types.ts'

export type ProofType = (typeof proofTypes)[number]

/** What a file is, by its bytes; undefined for what is not kept. */
export function typeOf(bytes: Uint8Array): ProofType | undefined {
  return mediaTypeOf(bytes) ?? (isMail(bytes) ? 'message/rfc822' : undefined)
}

/** Headers are short beside the letter; none of ours needs more. */
const headerBytes = 256 * 1024

/** RFC 5322: fields up to an empty line, From and Date among them, which every mail has (section 3.6). */
function isMail(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, headerBytes))
  if (head.includes(0)) return false
  const [fields = '', ...body] = head.toString('latin1').split(/\r?\n\r?\n/)
  if (body.length === 0) return false
  const names: string[] = []
  for (const line of fields.split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && names.length > 0) continue
    const [, name] = /^([!-9;-~]+)[ \t]*:/.exec(line) ?? []
    if (name === undefined) return false
    names.push(name.toLowerCase())
  }
  return names.includes('from') && names.includes('date')
}
