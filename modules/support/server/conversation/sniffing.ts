/** What a file is, by its bytes; its name only says which of two kinds of text it is. */
import { strFromU8, unzipSync } from 'fflate'
import type { attachmentTypes } from '#contract/support'
import { mediaTypeOf } from '#platform/server/media-types.ts'

export type AttachmentType = (typeof attachmentTypes)[number]

/** Undefined for what is not taken: programs, pages, drawings that may hold a script. */
export function typeOf(bytes: Uint8Array, name: string): AttachmentType | undefined {
  return mediaTypeOf(bytes) ?? pictureOf(bytes) ?? archiveOf(bytes) ?? textOf(bytes, name)
}

const startsWith = (bytes: Uint8Array, start: string, at = 0) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', at, at + start.length) ===
  start

function pictureOf(bytes: Uint8Array): AttachmentType | undefined {
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'image/gif'
  return startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8) ? 'image/webp' : undefined
}

const odt = 'application/vnd.oasis.opendocument.text'
const office = 'application/vnd.openxmlformats-officedocument'

/** Documents are archives. Nothing is unpacked but the one line by which OpenDocument says what it is. */
function archiveOf(bytes: Uint8Array): AttachmentType | undefined {
  if (!startsWith(bytes, 'PK\u0003\u0004')) return undefined
  const names: string[] = []
  try {
    const { mimetype } = unzipSync(bytes, {
      filter({ name, originalSize, size }) {
        names.push(name)
        return name === 'mimetype' && originalSize <= 100 && size <= 100
      },
    })
    if (mimetype && strFromU8(mimetype) === odt) return odt
  } catch {
    return undefined
  }
  // With macros in it it is none of these documents, whatever it is called.
  if (names.some((name) => /vbaProject/i.test(name))) return undefined
  if (names.includes('word/document.xml')) return `${office}.wordprocessingml.document`
  return names.includes('xl/workbook.xml') ? `${office}.spreadsheetml.sheet` : 'application/zip'
}

/** As browsers tell text from the rest (MIME Sniffing, section 7.2: binary data bytes); in whatever encoding. */
// oxlint-disable-next-line no-control-regex
const binary = /[\u0000-\u0008\u000B\u000E-\u001A\u001C-\u001F]/
/** What a browser or a mail program would show as a page, opened by its name. */
const page =
  /^\s*(?:\u00EF\u00BB\u00BF)?\s*<(?:!doctype|!--|html|head|body|script|iframe|svg|math|\?xml|meta)/i

function textOf(bytes: Uint8Array, name: string): AttachmentType | undefined {
  const said = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (said === '' || binary.test(said) || page.test(said)) return undefined
  return /\.csv$/i.test(name) ? 'text/csv' : 'text/plain'
}
