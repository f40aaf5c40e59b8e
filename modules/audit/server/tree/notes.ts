/** Text signed by one or more keys: C2SP signed-note, and the cosignatures of witnesses (C2SP tlog-cosignature). */
import { fromBase64 } from './base64.ts'
import { isKeyName, signatureTypes, verifies, type Signer, type Vkey } from './keys.ts'

/** One signature line: `— name base64(id ‖ signature)`. */
export type NoteSignature = { name: string; id: string; signature: Buffer; line: string }
/** A line that holds for a key we know; `time` (POSIX seconds) when a witness tells when. */
export type Verified = NoteSignature & { vkey: Vkey; time?: number }

export type Note = { text: string; signatures: NoteSignature[] }
export type OpenedNote = { text: string; verified: Verified[]; unknown: NoteSignature[] }

/** A sentence about what is wrong with the note. */
export class NoteError extends Error {
  override name = 'NoteError'
  readonly problem: NoteProblem
  constructor(message: string, problem: NoteProblem = 'malformed') {
    super(message)
    this.problem = problem
  }
}
export type NoteProblem = 'malformed' | 'unknown_key' | 'false_signature'

/** As Go's reader: more than this nobody verifies. */
const mostSignatures = 100

/** Signs a text that ends in a newline. */
export function signNote(text: string, ...signers: Signer[]): string {
  requireText(text)
  return `${text}\n${signers.map((signer) => `${signatureLine(text, signer)}\n`).join('')}`
}

/** A line to put under a note. @param seconds POSIX time, for a cosignature */
export function signatureLine(text: string, { vkey, sign }: Signer, seconds?: number): string {
  const signature =
    vkey.type === signatureTypes.note
      ? sign(Buffer.from(text))
      : Buffer.concat([bigEndian(timeOf(seconds)), sign(cosignedMessage(text, timeOf(seconds)))])
  return `— ${vkey.name} ${Buffer.concat([Buffer.from(vkey.id, 'hex'), signature]).toString('base64')}`
}

/** The note with one more line under it; a line that is there already changes nothing. */
export const withSignature = (note: string, line: string): string =>
  note.includes(`\n${line}\n`) ? note : `${note}${line}\n`

/** Splits text and signatures without believing either. @throws {NoteError} */
export function splitNote(note: string): Note {
  requireText(note)
  const end = note.lastIndexOf('\n\n')
  if (end < 0) throw new NoteError('no blank line before signatures')
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > mostSignatures) throw new NoteError(`more than ${mostSignatures} signatures`)
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignatureLine) }
}

/** @throws {NoteError} */
export function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, base64, ...more] = line.split(' ')
  const bytes = base64 === undefined ? undefined : fromBase64(base64)
  if (dash !== '—' || name === undefined || !isKeyName(name) || !bytes || bytes.length < 5 || more.length > 0)
    throw new NoteError('a line that is no signature')
  return { name, id: bytes.toString('hex', 0, 4), signature: bytes.subarray(4), line }
}

/**
 * The text, once a key we know has signed it. Signatures of unknown keys are handed back, not believed.
 * @throws {NoteError} also when one signature of a known key does not hold
 */
export function openNote(note: string, vkeys: readonly Vkey[]): OpenedNote {
  const { text, signatures } = splitNote(note)
  const verified: Verified[] = []
  const unknown: NoteSignature[] = []
  for (const one of signatures) {
    // Name and id together name a key: one of both alone is another's.
    const vkey = vkeys.find(({ name, id }) => name === one.name && id === one.id)
    if (!vkey) unknown.push(one)
    else verified.push({ ...one, vkey, ...requireSignature(text, one, vkey) })
  }
  if (verified.length === 0) throw new NoteError('no signature of a known key', 'unknown_key')
  return { text, verified, unknown }
}

/** @throws {NoteError} the line does not hold for this text and key */
export function requireSignature(
  text: string,
  { name, signature }: NoteSignature,
  vkey: Vkey,
): { time?: number } {
  if (vkey.type === signatureTypes.note) {
    if (!verifies(vkey, Buffer.from(text), signature))
      throw new NoteError(`the signature of "${name}" does not hold`, 'false_signature')
    return {}
  }
  if (signature.length !== 72)
    throw new NoteError(`the cosignature of "${name}" has ${signature.length} bytes, not 72`)
  const time = signature.readBigUInt64BE()
  // A time up to 2^63 - 1 is allowed; what JavaScript cannot count is no date of ours.
  if (time > BigInt(Number.MAX_SAFE_INTEGER))
    throw new NoteError(`the cosignature of "${name}" tells no real time`)
  if (!verifies(vkey, cosignedMessage(text, Number(time)), signature.subarray(8)))
    throw new NoteError(`the cosignature of "${name}" does not hold`, 'false_signature')
  return { time: Number(time) }
}

/** C2SP tlog-cosignature, "Ed25519 signed message". */
const cosignedMessage = (text: string, seconds: number) =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)

function timeOf(seconds: number | undefined): number {
  if (seconds === undefined) throw new NoteError('a cosignature tells its time')
  return seconds
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** Valid UTF-8, ended by a newline, and no other control character. */
function requireText(text: string): void {
  if (!text.endsWith('\n')) throw new NoteError('it does not end in a newline')
  // oxlint-disable-next-line no-control-regex -- just those are forbidden
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text))
    throw new NoteError('it holds what no text holds')
}
