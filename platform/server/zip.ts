import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export type Entry = {
  path: string
  content: AsyncIterable<Uint8Array>
  /** Compressed already, as pictures and PDF are. */
  asItIs?: boolean
}

/** The format without its 64-bit extension, which the writer at hand does not have, ends at 4 GiB. */
export const zipHoldsAtMost = 4 * 1024 ** 3 - 64 * 1024 ** 2

export class ZipTooLarge extends Error {}

/**
 * A zip, written while what is in it arrives: nothing is held but the chunk at hand.
 * @throws ZipTooLarge
 */
export async function* zipped(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  let bytes = 0
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    bytes += chunk.length
    ready.push(chunk)
  })
  const taken = () => {
    if (bytes > zipHoldsAtMost) throw new ZipTooLarge()
    const chunks = ready
    ready = []
    return chunks
  }
  for await (const { path, content, asItIs } of entries) {
    const entry = asItIs ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 })
    zip.add(entry)
    for await (const chunk of content) {
      entry.push(chunk)
      yield* taken()
    }
    entry.push(new Uint8Array(), true)
    yield* taken()
  }
  zip.end()
  yield* taken()
}
