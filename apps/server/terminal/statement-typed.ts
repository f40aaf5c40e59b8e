/** What is piped into a command: a text, or why it is none. */
import type { Readable } from 'node:stream'

/** Far beyond what is parsed: the rest of it changes nothing about the answer. */
const longestRead = 4_000_000

/** A byte order mark at the beginning is left out, and places are counted without it. */
export async function textFrom(stream: Readable): Promise<{ text: string } | { unreadable: string }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > longestRead) break
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: bytes <= longestRead }).decode(Buffer.concat(chunks)) }
  } catch {
    return { unreadable: 'It is not UTF-8.' }
  }
}
