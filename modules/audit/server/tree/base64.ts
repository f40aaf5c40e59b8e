/**
 * Standard Base64 (RFC 4648 section 4), the one way it may be written: a second spelling of the same bytes would be a
 * second file that verifies.
 * @returns undefined when it is not that
 */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
