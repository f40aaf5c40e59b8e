/** What was sent along, by the same measure as what is uploaded: what it is by its bytes, how large, how many. Nothing is unpacked. */
import { attachmentLimit } from '#contract/support'
import { plainName } from '../conversation/naming.ts'
import { typeOf } from '../conversation/sniffing.ts'
import type { IncomingFile } from './incoming.ts'
import { first, words } from './reading/headers.ts'
import { bytesOf, type Part } from './reading/parts.ts'
import { filesOfTnef } from './reading/tnef.ts'

/** Named beside what is kept, so that people know that it was there. */
const mostNamed = 50

export function filesOf(parts: readonly Part[]): IncomingFile[] {
  const files: IncomingFile[] = []
  let kept = 0
  const add = (name: string, bytes: number, content: () => Buffer) => {
    if (files.length >= mostNamed) return
    const file = looked(name, bytes, content, kept < attachmentLimit.count)
    if (file.why === null) kept++
    files.push(file)
  }
  for (const part of parts) {
    if (!isTnef(part)) {
      add(nameOf(part), sizeOf(part), () => bytesOf(part, attachmentLimit.bytes + 1))
      continue
    }
    const packed = filesOfTnef(bytesOf(part, 2 * attachmentLimit.bytes))
    for (const { name, content } of packed) add(name, content.length, () => content)
  }
  return files
}

function looked(said: string, bytes: number, content: () => Buffer, hasRoom: boolean): IncomingFile {
  const refused = (why: IncomingFile['why'], name = plainName(said)) =>
    ({ name, mediaType: null, bytes, content: nothing, why }) as const
  if (bytes > attachmentLimit.bytes) return refused('size')
  const whole = content()
  if (whole.length > attachmentLimit.bytes)
    return { ...refused('size'), bytes: Math.max(bytes, whole.length) }
  const mediaType = typeOf(whole, said) ?? null
  const name = named(said, mediaType)
  if (mediaType === null) return { ...refused('type', name), bytes: whole.length }
  if (!hasRoom) return { ...refused('count', name), bytes: whole.length, mediaType }
  // Bytes of its own: those of the mail need not stay for it.
  return { name, mediaType, bytes: whole.length, content: whole, why: null }
}

const nothing = Buffer.alloc(0)

/** About what it is once it is decoded, and no more than that, without decoding it. */
const sizeOf = ({ codedBytes, encoding }: Part) =>
  encoding === 'base64'
    ? Math.floor((codedBytes * 73) / 100)
    : encoding === 'quoted-printable'
      ? Math.floor(codedBytes / 4)
      : codedBytes

const isTnef = ({ type, name }: Part) =>
  type === 'application/ms-tnef' || type === 'application/vnd.ms-tnef' || name.toLowerCase() === 'winmail.dat'

/** What it calls itself, or what it is. */
function nameOf(part: Part): string {
  if (part.name !== '') return part.name
  if (part.type === 'message/rfc822') {
    const start = bytesOf(part, 20_000).toString('latin1')
    const [, subject = ''] = /^subject:[ \t]*([^\r\n]{1,300})/im.exec(start) ?? []
    return `${words(subject, 80) || 'message'}.eml`
  }
  return words(first(part.head, 'content-description'), 80)
}

function named(said: string, mediaType: string | null): string {
  const name = plainName(said)
  const ending = mediaType === null ? undefined : endings.get(mediaType)
  return ending === undefined || /\.[A-Za-z0-9]{1,8}$/.test(name) ? name : `${name}.${ending}`
}

const endings = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['application/pdf', 'pdf'],
  ['text/plain', 'txt'],
  ['text/csv', 'csv'],
  ['application/zip', 'zip'],
])
