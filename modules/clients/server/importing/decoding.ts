// Bytes to text, chunk by chunk, in the encoding the survey found. It cannot fail: the survey has read every byte.
import type { Encoding } from './surveying.ts'

export async function* decodeChunks(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding) // drops a byte order mark by itself
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    if (text) yield text
  }
  const rest = decoder.decode()
  if (rest) yield rest
}
