/** Cutting a stream into pieces of one size, and writing pieces of any size one after another. */

export type Piece = { piece: Buffer; isLast: boolean }

/** Pieces of exactly `size` bytes, but for the last, which is known as such; there is always one, if an empty one. */
export async function* pieces(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source) {
    held.push(chunk)
    bytes += chunk.length
    if (bytes <= size) continue
    // The last byte at hand may be the last of all: what is given away is followed by something.
    const joined = Buffer.concat(held)
    let at = 0
    for (; bytes - at > size; at += size) yield { piece: joined.subarray(at, at + size), isLast: false }
    held = [joined.subarray(at)]
    bytes -= at
  }
  yield { piece: Buffer.concat(held), isLast: true }
}

/** Its length in four bytes, then itself. */
export function framed(piece: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(4 + piece.length)
  frame.writeUInt32BE(piece.length)
  frame.set(piece, 4)
  return frame
}

/** What `framed` wrote. @throws a frame that is cut short, or longer than any that was written */
export async function* framesIn(source: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Piece> {
  let ready = Buffer.alloc(0)
  for await (const chunk of source) {
    ready = Buffer.concat([ready, chunk])
    for (;;) {
      if (ready.length < 4) break
      const end = 4 + ready.readUInt32BE()
      if (end > longest + 4) throw new Error('a piece is longer than any that was written')
      // The one that ends where the bytes at hand end may be the last: more must come before one knows.
      if (ready.length <= end) break
      yield { piece: ready.subarray(4, end), isLast: false }
      ready = ready.subarray(end)
    }
  }
  if (ready.length < 4 || ready.length !== 4 + ready.readUInt32BE())
    throw new Error('the last piece is cut short')
  yield { piece: ready.subarray(4), isLast: true }
}
