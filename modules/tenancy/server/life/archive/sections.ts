import { ArchiveRefused } from './damage.ts'

/**
 * The inner side of an archive, once it is opened: sections one after another, each a line of JSON that says what it is
 * and then its bytes. The last one is the manifest, since only then is known how much of everything there was.
 */
export type Section = { head: SectionHead; data: AsyncIterable<Buffer> }
export type SectionHead = { is: 'table'; name: string } | { is: 'file'; id: string } | { is: 'manifest' }

const kinds = { head: 1, data: 2 } as const
const longestRecord = 16 * 1024 * 1024

export const headRecord = (head: SectionHead): Buffer => record(kinds.head, Buffer.from(JSON.stringify(head)))
export const dataRecord = (bytes: Uint8Array): Buffer => record(kinds.data, bytes)

function record(kind: number, bytes: Uint8Array): Buffer {
  const written = Buffer.allocUnsafe(5 + bytes.length)
  written[0] = kind
  written.writeUInt32BE(bytes.length, 1)
  written.set(bytes, 5)
  return written
}

/** Whoever takes a section reads its data before the next one; what they leave is passed over. */
export async function* sectionsOf(plain: AsyncIterable<Buffer>): AsyncGenerator<Section> {
  const records = recordsOf(plain)
  let next = await records.next()
  async function* data(): AsyncGenerator<Buffer> {
    while (next.done !== true && next.value.kind === kinds.data) {
      const { bytes } = next.value
      next = await records.next()
      yield bytes
    }
  }
  while (next.done !== true) {
    if (next.value.kind !== kinds.head) throw new ArchiveRefused('archive_damaged', 'bytes of no section')
    // Written by headRecord, and sealed since.
    const head = JSON.parse(next.value.bytes.toString('utf8')) as SectionHead
    next = await records.next()
    yield { head, data: data() }
    for await (const _ of data()) void _
  }
}

async function* recordsOf(plain: AsyncIterable<Buffer>): AsyncGenerator<{ kind: number; bytes: Buffer }> {
  let ready: Buffer = Buffer.alloc(0)
  for await (const chunk of plain) {
    ready = ready.length === 0 ? chunk : Buffer.concat([ready, chunk])
    while (ready.length >= 5) {
      const length = ready.readUInt32BE(1)
      if (length > longestRecord) throw new ArchiveRefused('archive_damaged', 'a record without an end')
      if (ready.length < 5 + length) break
      yield { kind: ready[0]!, bytes: ready.subarray(5, 5 + length) } // five bytes are there
      ready = ready.subarray(5 + length)
    }
  }
  if (ready.length > 0) throw new ArchiveRefused('archive_damaged', 'ends in the middle of a record')
}
