/** A signed tree head as a note: C2SP tlog-checkpoint. */
import { fromBase64 } from './base64.ts'
import { hashBytes } from './hashes.ts'
import { signatureTypes, type Signer, type Vkey } from './keys.ts'
import { NoteError, openNote, signNote, splitNote, type NoteSignature, type Verified } from './notes.ts'

export type Checkpoint = { origin: string; size: number; root: Buffer }

export type OpenedCheckpoint = Checkpoint & {
  text: string
  /** The log's own. */
  signature: Verified
  cosignatures: Verified[]
  /** Of keys nobody gave us. */
  unknown: NoteSignature[]
}

/** Three lines: origin, size in decimals, root in Base64. Extension lines are not recommended and not written. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

export const signCheckpoint = (checkpoint: Checkpoint, signer: Signer): string =>
  signNote(formatCheckpoint(checkpoint), signer)

/** What a note's text says, believed or not. @throws {NoteError} */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, base64, ...more] = text.split('\n')
  if (!origin || !size || !base64 || more.pop() !== '') throw new NoteError('a checkpoint has three lines')
  if (more.includes('')) throw new NoteError('an extension line is not empty')
  if (!/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw new NoteError(`"${size}" is no size of a tree`)
  const root = fromBase64(base64)
  if (root?.length !== hashBytes) throw new NoteError('the root is no SHA-256 in Base64')
  return { origin, size: Number(size), root }
}

/** What the text of a note says, without looking at its signatures. @throws {NoteError} */
export const readCheckpoint = (note: string): Checkpoint => parseCheckpoint(splitNote(note).text)

/**
 * A checkpoint that the log signed.
 * @param logKeys one of them must have signed, and bear the origin's name
 * @throws {NoteError}
 */
export function openCheckpoint(
  note: string,
  logKeys: readonly Vkey[],
  witnesses: readonly Vkey[] = [],
): OpenedCheckpoint {
  const { text, verified, unknown } = openNote(note, [...logKeys, ...witnesses])
  const checkpoint = parseCheckpoint(text)
  const signature = verified.find(
    ({ vkey }) =>
      vkey.type === signatureTypes.note && vkey.name === checkpoint.origin && logKeys.includes(vkey),
  )
  if (!signature) throw new NoteError(`no signature of the log "${checkpoint.origin}"`, 'unknown_key')
  return {
    ...checkpoint,
    text,
    signature,
    unknown,
    cosignatures: verified.filter((one) => one !== signature),
  }
}
