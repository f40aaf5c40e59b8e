/** The signed tree head: into the database first, then into the file that others read. */
import { openCheckpoint, readCheckpoint, signCheckpoint } from '../tree/checkpoints.ts'
import { formatVkey, parseVkey, type Signer, type Vkey } from '../tree/keys.ts'
import { NoteError } from '../tree/notes.ts'
import type { Line } from './line.ts'
import { checkpointOf, insertCheckpoint, insertKey, knownKeys, tellOfIt, type Signed } from './queries.ts'
import { SequencerRefusal } from './refusal.ts'
import { makeSigningKey, readSigningKey } from './signing-key.ts'
import type { Store } from './store.ts'

const checkpointFile = 'checkpoint'
const vkeyFile = 'vkey'

/**
 * The key of this log; a new one for a new log only. Another key than those the database knows would be another log.
 * @throws {SequencerRefusal}
 */
export async function openKey(line: Line, key: { file: string; origin: string }): Promise<Signer> {
  const known = await knownKeys(line)
  const found = readSigningKey(key.file)
  if (!found && known.length > 0)
    throw new SequencerRefusal(
      `The signing key ${key.file} is gone, and the log is signed with ${known.at(-1)}: put it back.`,
    )
  const signer = found ?? makeSigningKey(key.file, key.origin)
  const vkey = formatVkey(signer.vkey)
  if (known.length === 0) await insertKey(line, { vkey, origin: signer.vkey.name })
  else if (!known.includes(vkey))
    throw new SequencerRefusal(
      `The signing key ${key.file} is ${vkey}, which this log does not know; it is signed with ${known.at(-1)}. ` +
        'A successor is introduced by the owner of the database (docs/operations.md, "The audit log").',
    )
  return signer
}

/** Signs the tree head. The entries below it are committed and their tiles on disk: the caller saw to both. */
export async function publish(
  { line, store, signer }: { line: Line; store: Store; signer: Signer },
  tree: { size: number; root(): Buffer },
): Promise<Signed> {
  const head = { origin: signer.vkey.name, size: tree.size, root: tree.root() }
  const signed = { size: head.size, root: head.root, note: signCheckpoint(head, signer) }
  await insertCheckpoint(line, signed)
  await show(line, store, signed)
  await tellOfIt(line)
  return signed
}

/** Lets the file say what was signed last. */
async function show(line: Line, store: Store, { note }: Signed): Promise<void> {
  line.mustHold()
  await store.write([{ path: checkpointFile, bytes: Buffer.from(note) }])
}

export async function showKey(store: Store, signer: Signer): Promise<void> {
  const vkey = Buffer.from(`${formatVkey(signer.vkey)}\n`)
  if ((await store.read(vkeyFile))?.equals(vkey)) return
  await store.write([{ path: vkeyFile, bytes: vkey }])
}

/**
 * The file that others read, held against the newest checkpoint of the database. It may be behind: the process was
 * killed between the two, or one that was thought dead woke up once more. It may not be ahead or beside.
 * @throws {SequencerRefusal} it was signed with our key and the database does not know it
 */
export async function mendFile(
  place: { line: Line; store: Store; warn(sentence: string): void },
  newest: Signed | undefined,
): Promise<void> {
  const { line, store } = place
  const note = (await store.read(checkpointFile))?.toString()
  if (note === undefined ? newest === undefined : note === newest?.note) return
  if (note !== undefined && (await isOurs(line, note))) {
    const { size, root } = readCheckpoint(note)
    const same = await checkpointOf(line, size)
    if (!same?.root.equals(root)) throw new SequencerRefusal(ahead(size, root, newest))
  } else if (note !== undefined) {
    place.warn('the file "checkpoint" was not what this log signed: it is written again')
  }
  if (newest) await show(line, store, newest)
}

function ahead(size: number, root: Buffer, newest: Signed | undefined): string {
  return (
    `The file "checkpoint" was signed for ${size} entries with the root ${root.toString('base64')}, of which the ` +
    `database knows nothing (its newest has ${newest?.size ?? 0}): an older copy of the database was restored. ` +
    'Going on would sign a second history; restore the newer one.'
  )
}

async function isOurs(line: Line, note: string): Promise<boolean> {
  const keys: Vkey[] = (await knownKeys(line)).map(parseVkey)
  try {
    openCheckpoint(note, keys)
    return true
  } catch (error) {
    if (error instanceof NoteError) return false
    throw error
  }
}
