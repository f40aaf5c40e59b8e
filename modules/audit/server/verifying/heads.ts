/** Tree heads the log signed: those of the database, and those that others kept. Each is compared as the tree grows past it. */
import { openCheckpoint, type OpenedCheckpoint } from '../tree/checkpoints.ts'
import { hashBytes } from '../tree/hashes.ts'
import type { Vkey } from '../tree/keys.ts'
import { NoteError, parseSignatureLine, requireSignature, splitNote } from '../tree/notes.ts'
import type { Findings } from './findings.ts'
import type { CheckpointRow, CosignatureRow } from './queries.ts'

export type Head = { size: number; root: Buffer }
/** A checkpoint from outside the database: the published one, or one that somebody kept. */
export type KeptHead = Head & { place: string }

/** The place of the newest one, where anybody reads it; of others it is a file's name. */
export const publishedPlace = 'published'

export type Heads = {
  /** Of the database, by size. */
  readonly count: number
  at(place: number): Head
  /** From outside, by size. */
  readonly kept: readonly KeptHead[]
  /** What the database says was signed at this size. */
  rootAt(size: number): Buffer | undefined
  /** The largest size of a head that is in the database and not signed as it should be. */
  readonly unbelieved: number
  /** Signed heads to hold a part of the tree against, the latest of the database first. */
  authorities(): Head[]
}

export type HeadsReading = {
  addRow(row: CheckpointRow): void
  /** What a file says; false: it is not signed by this log. */
  addKept(place: string, note: string): boolean
  heads(): Heads
}

export function readHeads(keys: readonly Vkey[], witnesses: readonly Vkey[], found: Findings): HeadsReading {
  // A log of a million entries may have a million heads: 40 bytes each, and nothing else is kept of them.
  const sizes: number[] = []
  let roots = Buffer.alloc(1024 * hashBytes)
  const kept: KeptHead[] = []
  let unbelieved = 0

  function open(place: string, note: string, size = 0): OpenedCheckpoint | undefined {
    try {
      return openCheckpoint(note, keys, witnesses)
    } catch (error) {
      if (!(error instanceof NoteError)) throw error
      found.add('checkpoint_signature', {
        values: { place, size, why: error.problem, signers: signersOf(note) },
      })
      return undefined
    }
  }

  return {
    addRow({ size, root, note }) {
      const head = open('database', note, size)
      if (!head) unbelieved = Math.max(unbelieved, size)
      if (!head) return
      if (head.size !== size || !head.root.equals(root)) found.add('checkpoint_edited', { values: { size } })
      if (head.size !== size) return
      if ((sizes.length + 1) * hashBytes > roots.length)
        roots = Buffer.concat([roots, Buffer.alloc(roots.length)])
      head.root.copy(roots, sizes.length * hashBytes)
      sizes.push(size)
    },
    addKept(place, note) {
      const head = open(place, note)
      if (head) kept.push({ place, size: head.size, root: head.root })
      return head !== undefined
    },
    heads() {
      const at = (place: number) => ({
        size: sizes[place]!, // a place below the count
        root: roots.subarray(place * hashBytes, (place + 1) * hashBytes),
      })
      return {
        count: sizes.length,
        at,
        kept: kept.toSorted((one, other) => one.size - other.size),
        rootAt(size) {
          const place = placeOf(sizes, size)
          return place < 0 ? undefined : at(place).root
        },
        unbelieved,
        authorities: () => [...(sizes.length > 0 ? [at(sizes.length - 1)] : []), ...kept],
      }
    },
  }
}

/** Whether a witness' line holds, where its key is known. @returns false: nobody gave us its key */
export function checkCosignature(row: CosignatureRow, witnesses: readonly Vkey[], found: Findings): boolean {
  const { size, witness, line, note } = row
  if (note === null) {
    found.add('checkpoint_deleted', { values: { place: witness, size } })
    return false
  }
  if (line === null) return false
  try {
    const signature = parseSignatureLine(line)
    const vkey = witnesses.find(({ name, id }) => name === signature.name && id === signature.id)
    if (!vkey) return false
    requireSignature(splitNote(note).text, signature, vkey)
    return true
  } catch (error) {
    if (!(error instanceof NoteError)) throw error
    found.add('cosignature_wrong', { values: { witness, size, why: error.problem } })
    return false
  }
}

/** Who signed, by their own saying: names the stranger. */
function signersOf(note: string): string {
  try {
    return splitNote(note)
      .signatures.map(({ name, id }) => `${name}+${id}`)
      .join(', ')
  } catch {
    return ''
  }
}

/** Binary search. @returns -1: there is none */
function placeOf(sizes: readonly number[], size: number): number {
  let [from, to] = [0, sizes.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (sizes[middle]! < size) from = middle + 1 // within
    else to = middle
  }
  return sizes[from] === size ? from : -1
}
