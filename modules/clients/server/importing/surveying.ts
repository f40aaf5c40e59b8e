// First pass over the file: size, fingerprint and encoding, in constant memory and before anything is believed.
// The encoding cannot be judged on a sample: the first accent of a long file may stand in its last line.
import { createHash } from 'node:crypto'
import { maxImportBytes } from '#contract/clients'
import { FileRefusal } from './file-refusal.ts'
import type { ImportSource } from './source.ts'
import { utf8Census } from './utf8-census.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export type Survey = { bytes: number; sha256: string; encoding: Encoding }

export async function surveyFile(source: ImportSource, limit = maxImportBytes): Promise<Survey> {
  const hash = createHash('sha256')
  const census = utf8Census()
  let bytes = 0
  let bom: Encoding | undefined
  let utf16: ReturnType<typeof utf16Check> | undefined
  for await (const chunk of withWholeHead(source.open())) {
    if (bytes === 0) {
      bom = byteOrderMark(chunk)
      if (bom === 'utf-16le' || bom === 'utf-16be') utf16 = utf16Check(bom)
    }
    bytes += chunk.length
    if (bytes > limit) throw new FileRefusal('import_file_too_large', { limit })
    hash.update(chunk)
    if (utf16) utf16.push(chunk)
    else census.push(chunk)
  }
  if (bytes === 0) throw new FileRefusal('import_file_empty')
  if (utf16) utf16.end()
  const encoding = bom === undefined || bom === 'utf-8' ? judge(census.end(), bom === 'utf-8') : bom
  return { bytes, sha256: hash.digest('hex'), encoding }
}

/** A stream may begin with a chunk of one byte; a byte order mark needs up to three. */
async function* withWholeHead(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0)
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < 3) continue
    yield head
    head = undefined
  }
  if (head !== undefined && head.length > 0) yield head
}

/** The three byte order marks of the WHATWG encoding standard. */
function byteOrderMark(chunk: Uint8Array): Encoding | undefined {
  if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return 'utf-8'
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
  return undefined
}

function judge(census: ReturnType<ReturnType<typeof utf8Census>['end']>, declaredUtf8: boolean): Encoding {
  if (census.nulLine !== undefined) throw new FileRefusal('import_file_binary', { line: census.nulLine })
  if (census.invalidLine === undefined) return 'utf-8'
  // Mostly valid UTF-8 with a few broken bytes is damaged UTF-8: read as Windows-1252 it would import "LefÃ¨vre".
  if (declaredUtf8 || census.valid > census.invalid)
    throw new FileRefusal('import_file_encoding', { line: census.invalidLine })
  if (census.not1252Line !== undefined)
    throw new FileRefusal('import_file_encoding', { line: census.not1252Line })
  return 'windows-1252'
}

function utf16Check(encoding: 'utf-16le' | 'utf-16be') {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  const check = (decode: () => string) => {
    let text: string
    try {
      text = decode()
    } catch {
      throw new FileRefusal('import_file_encoding', { line })
    }
    const nul = text.indexOf('\0')
    line += countNewlines(nul < 0 ? text : text.slice(0, nul))
    if (nul >= 0) throw new FileRefusal('import_file_binary', { line })
  }
  return {
    push: (chunk: Uint8Array) => check(() => decoder.decode(chunk, { stream: true })),
    end: () => check(() => decoder.decode()),
  }
}

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
