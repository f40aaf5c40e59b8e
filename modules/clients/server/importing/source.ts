// A file is read several times (survey, first rows, all rows), so it is handed round as something that can be opened again.
import { createReadStream } from 'node:fs'

export type ImportSource = {
  /** The name the person knows the file by; never a path. */
  name: string
  open: () => AsyncIterable<Uint8Array>
}

/** About 80 clients. Larger pieces read no faster and live long enough to be promoted: memory grew with the file (64 kB: 51 MB more, 16 kB: 28 MB). */
const chunkBytes = 16 * 1024

export function fileSource(path: string, name: string): ImportSource {
  return { name, open: () => createReadStream(path, { highWaterMark: chunkBytes }) }
}

export function bytesSource(bytes: Uint8Array, name = 'clients.csv', step = chunkBytes): ImportSource {
  return {
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
    },
  }
}
