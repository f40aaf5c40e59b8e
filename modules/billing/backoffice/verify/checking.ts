/** The file stays on the person's device: its hash and its mark are all that is asked with. */
import { checkDocument, type DocumentCheck } from '#contract/billing'
import { call } from '#platform/ui/call.ts'
import { markIn } from './mark.ts'

export type Checked = Omit<DocumentCheck, 'verdict'> & {
  /** `extended`: it begins with the file we sealed, whole, and goes on. `no_pdf`: nothing we issue is of that kind. */
  verdict: DocumentCheck['verdict'] | 'extended' | 'no_pdf'
  sha256: string
  /** How many bytes stand after the sealed file. */
  added: number
}

export const largest = 50 * 1024 * 1024

export async function checkFile(file: File): Promise<Checked> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const sha256 = await sha256Of(bytes)
  if (!isPdf(bytes)) return { verdict: 'no_pdf', document: null, file: null, sha256, added: 0 }
  const mark = markIn(bytes)
  const check = await call(checkDocument, { params: { sha256 }, query: mark === undefined ? {} : { mark } })
  const sealed = check.file
  const isExtended =
    check.verdict === 'altered' &&
    sealed !== null &&
    bytes.length > sealed.bytes &&
    (await sha256Of(bytes.subarray(0, sealed.bytes))) === sealed.sha256
  return {
    ...check,
    verdict: isExtended ? 'extended' : check.verdict,
    sha256,
    added: isExtended ? bytes.length - sealed.bytes : 0,
  }
}

/** Readers look for the head among the first kilobyte. */
const isPdf = (bytes: Uint8Array) =>
  new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-')

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()
}
