/** What a file is, by its bytes; its name only says which of two kinds of text it is. */
import type { attachmentTypes } from '#contract/support'
import { mediaTypeOf } from '#platform/server/media-types.ts'
import { archiveNames, firstStored } from './archive-names.ts'

export type AttachmentType = (typeof attachmentTypes)[number]

/** Undefined for what is not taken: programs, pages, drawings that may hold a script. */
export function typeOf(given: Uint8Array, name: string): AttachmentType | undefined {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  return mediaTypeOf(bytes) ?? pictureOf(bytes) ?? archiveOf(bytes) ?? textOf(bytes, name)
}

const startsWith = (bytes: Buffer, start: string, at = 0) =>
  bytes.toString('latin1', at, at + start.length) === start

function pictureOf(bytes: Buffer): AttachmentType | undefined {
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'image/gif'
  return startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8) ? 'image/webp' : undefined
}

const odt = 'application/vnd.oasis.opendocument.text'
const office = 'application/vnd.openxmlformats-officedocument'

/** Documents are archives. */
function archiveOf(bytes: Buffer): AttachmentType | undefined {
  if (!startsWith(bytes, 'PK\u0003\u0004')) return undefined
  const names = archiveNames(bytes)
  // With macros in it it is none of these documents, whatever it is called.
  if (!names || names.some((name) => /vbaProject/i.test(name))) return undefined
  if (firstStored(bytes, 'mimetype') === odt) return odt
  if (names.includes('word/document.xml')) return `${office}.wordprocessingml.document`
  return names.includes('xl/workbook.xml') ? `${office}.spreadsheetml.sheet` : 'application/zip'
}

/** As browsers tell text from the rest (MIME Sniffing, section 7.2: binary data bytes); in whatever encoding. */
// oxlint-disable-next-line no-control-regex
const binary = /[\u0000-\u0008\u000B\u000E-\u001A\u001C-\u001F]/
/** What a browser or a mail program would show as a page, opened by its name. */
const page = /^<(?:!doctype|!--|html|head|body|script|iframe|svg|math|\?xml|meta)/i
const byteOrderMark = '\u00EF\u00BB\u00BF'

function textOf(bytes: Buffer, name: string): AttachmentType | undefined {
  const said = bytes.toString('latin1')
  const start = said.startsWith(byteOrderMark) ? said.slice(byteOrderMark.length) : said
  if (said === '' || binary.test(said) || page.test(start.trimStart())) return undefined
  return /\.csv$/i.test(name) ? 'text/csv' : 'text/plain'
}
