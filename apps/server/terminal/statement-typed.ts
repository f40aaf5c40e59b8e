/** What is piped into a command, and where it is no text. */
import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'

/** Far beyond what is parsed: the rest of it changes nothing about the answer. */
const longestRead = 4_000_000

/** A byte order mark at the beginning is left out, and places are counted without it. */
export async function textFrom(stream: Readable): Promise<{ text: string; notUtf8?: number }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > longestRead) break
  }
  const whole = Buffer.concat(chunks)
  const text = new TextDecoder().decode(whole)
  // What was cut short may end within a letter, and is too long anyway.
  if (isUtf8(whole) || bytes > longestRead) return { text }
  return { text, notUtf8: text.indexOf('\ufffd') }
}
