/** What a file is, by its bytes. A name and a header say what the sender likes. */
export type KnownMediaType = 'application/pdf' | 'image/png' | 'image/jpeg'

const starts: readonly [KnownMediaType, Buffer][] = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
]

/** Undefined for what is none of these. */
export function mediaTypeOf(bytes: Uint8Array): KnownMediaType | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 8))
  return starts.find(([, magic]) => start.subarray(0, magic.length).equals(magic))?.[0]
}
