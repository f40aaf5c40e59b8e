/**
 * The sequencer of the audit log: numbers what was committed, extends the tree, signs its head. Whatever instant it is
 * killed at, the next one goes on: numbers are committed first, then tiles are written, then the head is signed, so that
 * nothing signed is ever missing and nothing numbered is ever signed otherwise.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { leafHash } from '../tree/hashes.ts'
import type { Signer } from '../tree/keys.ts'
import { entriesPath, fullTilesAt, levelsOf, tilePath } from '../tree/tiles.ts'
import { carryOutErasures, type Unfounded } from './carrying-out-erasures.ts'
import { partialFolder, type Growing } from './growing.ts'
import { takeLine, type Line } from './line.ts'
import { mendFile, openKey, publish, showKey } from './publishing.ts'
import {
  endLook,
  insertLeaves,
  look,
  newestCheckpoint,
  nextUnnumbered,
  numbered,
  type Seen,
  type Signed,
  type Unnumbered,
} from './queries.ts'
import { SequencerRefusal } from './refusal.ts'
import { appendNumbered, treeOfCheckpoint } from './resuming.ts'
import { openStore, type Store } from './store.ts'

export type SequencerOptions = {
  /** Of mgp_sequencer. */
  databaseUrl: string
  /** Where the log is published. */
  folder: string
  keyFile: string
  /** The name of a new log; one that has a key keeps its name. */
  origin: string
  log?: SequencerLog
  /** How often, with nothing else to do, all entries are looked at again. */
  lookAgainMs?: number
  /** False for tests: nothing waits for the disk. */
  durable?: boolean
}

export type SequencerLog = {
  info(about: object, sentence: string): void
  warn(about: object, sentence: string): void
  error(about: object, sentence: string): void
}

export type Sequencer = {
  /** Numbers all there is to number now. @returns how many entries got their number */
  once(): Promise<number>
  /** Carries out the erasures that wait. @returns how many */
  erase(): Promise<number>
  readonly checkpoint: Signed
  close(): Promise<void>
}

/** Entries that get their numbers in one transaction and one checkpoint; fewer when they are long. */
const batchEntries = 8_192
const batchBytes = 16 * 1024 * 1024
/** A look at all entries takes its time on a large log: it never takes more than this part of the sequencer's. */
const shareOfLooks = 1 / 200
const lookAgainMs = 300_000
/** How long it rests when there was nothing to do. */
const restMs = 250

const silent: SequencerLog = { info() {}, warn() {}, error() {} }

/**
 * Waits for its turn, takes the tree up where it was left and is ready for more.
 * @returns undefined when the signal came before its turn
 * @throws {SequencerRefusal} a person must look first
 */
export async function openSequencer(
  options: SequencerOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<Sequencer | undefined> {
  const log = options.log ?? silent
  const warn = (sentence: string) => log.warn({}, sentence)
  const standingBy = () => log.info({}, 'another sequencer is at work: standing by')
  const line = await takeLine(options.databaseUrl, { signal, standingBy })
  if (!line) return undefined
  try {
    const store = await openStore(options.folder, { durable: options.durable ?? true })
    const signer = await openKey(line, { file: options.keyFile, origin: options.origin })
    const checkpoint = await newestCheckpoint(line)
    await mendFile({ line, store, warn }, checkpoint)
    await showKey(store, signer)
    const place = { line, store, warn, checkpoint, numbered: await numbered(line) }
    const tree = await treeOfCheckpoint(place)
    await sweepSuperseded(store, tree.size)
    // Numbered and not signed: what the one before was at when it ended.
    await appendNumbered(place, tree, place.numbered)
    const state: State = {
      line,
      store,
      signer,
      tree,
      warn,
      checkpoint,
      seen: undefined,
      again: { everyMs: options.lookAgainMs ?? lookAgainMs, at: 0 },
      isIdle: false,
    }
    const head = await signTree(state)
    const unfounded: Unfounded = {
      known: new Set(),
      tell: (id) =>
        log.error(
          { erasure: id },
          'an erasure is not what its entry in the log asks for: nothing was erased',
        ),
    }
    log.info({ size: head.size, origin: signer.vkey.name }, 'the audit log goes on')
    return {
      once: () => sequence(state),
      erase: () => carryOutErasures(options.databaseUrl, line, signer, state.checkpoint ?? head, unfounded),
      get checkpoint() {
        return state.checkpoint ?? head
      },
      close: () => line.end(),
    }
  } catch (error) {
    await line.end()
    throw error
  }
}

/** Numbers all there is, erases what is to be erased, and lets go: for tests, and for whoever needs the log whole now. */
export async function sequenceOnce(options: SequencerOptions): Promise<Signed> {
  const sequencer = await openSequencer(options)
  if (!sequencer) throw new Error('nobody called it off')
  try {
    await sequencer.once()
    await sequencer.erase()
    return sequencer.checkpoint
  } finally {
    await sequencer.close()
  }
}

/**
 * Works until the signal. Whatever fails (the database, the disk) lets go of the lock, waits a little longer each time,
 * and begins anew from what is really there.
 * @throws {SequencerRefusal}
 */
export async function runSequencer(options: SequencerOptions, signal: AbortSignal): Promise<void> {
  const log = options.log ?? silent
  const rest = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {})
  let wait = restMs
  while (!signal.aborted) {
    let sequencer: Sequencer | undefined
    try {
      sequencer = await openSequencer(options, signal)
      // Beside the numbering, which goes on meanwhile. What fails there is tried again at a later look.
      let erasing: Promise<unknown> | undefined
      while (sequencer && !signal.aborted) {
        const count = await sequencer.once()
        wait = restMs
        erasing ??= sequencer
          .erase()
          .catch((error: unknown) => log.error({ err: error }, 'an erasure was not carried out'))
          .finally(() => (erasing = undefined))
        if (count === 0) await rest(restMs)
      }
      // What the server wrote until it stopped, a moment before us.
      await sequencer?.once()
      await erasing
    } catch (error) {
      if (error instanceof SequencerRefusal) throw error
      log.error({ err: error, again: wait }, 'the audit log is not numbered; trying again')
    } finally {
      await sequencer?.close()
    }
    await rest(wait)
    wait = Math.min(wait * 2, 15_000)
  }
}

type State = {
  line: Line
  store: Store
  signer: Signer
  tree: Growing
  checkpoint: Signed | undefined
  /** What the last look that was worked off saw. */
  seen: Seen | undefined
  /** When all entries are looked at again, by `performance.now`. */
  again: { everyMs: number; at: number }
  /** The last look found nothing. */
  isIdle: boolean
  warn(sentence: string): void
}

async function sequence(state: State): Promise<number> {
  const { line } = state
  const began = performance.now()
  // A row whose transaction number was made up (a restored dump, an owner's hand) would be met by no other look.
  const isOfAll = state.seen === undefined || (state.isIdle && began >= state.again.at)
  const seen = await look(line, isOfAll ? undefined : state.seen)
  if (isOfAll) state.again.at = nextLook(began, performance.now(), state.again.everyMs)
  let count = 0
  for (;;) {
    const batch = await nextBatch(line)
    if (batch.length === 0) break
    await number(state, batch)
    count += batch.length
  }
  await endLook(line)
  state.seen = seen
  state.isIdle = count === 0
  if (count === 0) await mendFile(state, state.checkpoint)
  return count
}

const nextLook = (began: number, ended: number, everyMs: number) =>
  ended + Math.max(everyMs, (ended - began) / shareOfLooks)

async function nextBatch(line: Line): Promise<Unnumbered[]> {
  const batch: Unnumbered[] = []
  let bytes = 0
  while (batch.length < batchEntries && bytes < batchBytes) {
    const rows = await nextUnnumbered(line, 512)
    for (const { leaf } of rows) bytes += leaf.length
    batch.push(...rows)
    if (rows.length < 512) break
  }
  return batch
}

async function number(state: State, batch: readonly Unnumbered[]): Promise<void> {
  const leaves = batch.map(({ leaf }) => Buffer.from(leaf))
  const ids = batch.map(({ id }) => id)
  await insertLeaves(state.line, state.tree.size, ids, leaves.map(leafHash))
  for (const leaf of leaves) state.tree.append(leaf)
  await signTree(state)
}

/** Tiles, then the head over them, then what they made needless. A tree that is signed already is left as it is. */
async function signTree(state: State): Promise<Signed> {
  const { line, store, tree } = state
  if (state.checkpoint?.size === tree.size) return state.checkpoint
  line.mustHold()
  await store.write(tree.takeFiles())
  state.checkpoint = await publish(state, tree)
  await store.remove(tree.takeSuperseded())
  return state.checkpoint
}

/** What the one before could not remove any more: it ended between the checkpoint and that, one batch ago at most. */
async function sweepSuperseded(store: Store, size: number): Promise<void> {
  const from = Math.max(0, size - 2 * batchEntries)
  const folders: string[] = []
  for (let level = 0; level < levelsOf(size); level++)
    for (let n = fullTilesAt(level, from); n < fullTilesAt(level, size); n++)
      folders.push(partialFolder(tilePath(level, n)))
  for (let n = fullTilesAt(0, from); n < fullTilesAt(0, size); n++)
    folders.push(partialFolder(entriesPath(n)))
  await store.remove(folders)
}
