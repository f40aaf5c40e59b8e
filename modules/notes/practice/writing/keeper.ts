/**
 * Keeps what is typed: on the device a moment later, sealed; on the server once the typing rests. It knows no screen, and
 * goes on for a note whose screen was left.
 */
import type { Note, NoteDraft } from '#contract/notes'
import { ApiError } from '#platform/ui/api-error.ts'
import type { Unsaved, UnsavedNotes } from '../device/unsaved.ts'
import { draftOf, fingerprint, isEmpty, writtenOf, type Written } from './written.ts'

export type Keeping = {
  written: Written
  /** What the server holds, as far as is known. */
  saved: Note | null
  /** `away`: the server is not reached. `refused`: as it stands it cannot be saved. `gone`: it was erased elsewhere. */
  phase: 'saved' | 'typed' | 'saving' | 'away' | 'refused' | 'conflict' | 'gone'
  /** What was typed last lies on the device. */
  onDevice: boolean
  /** Of `refused`. */
  problem: ApiError | null
  /** Of `conflict`: what another device saved meanwhile. */
  theirs: Note | null
}

export type Keeper = {
  now(): Keeping
  onChange(listener: () => void): () => void
  type(change: Partial<Written>): void
  /** Saves without waiting for the typing to rest. @returns whether all of it is saved */
  saveNow(): Promise<boolean>
  /** After a conflict: this is the note, over what the other device saved. */
  settle(written: Written): void
  /** The note as it stands by now: shown where nothing was typed over it. @returns false where it can be written no more */
  meet(note: Note): boolean
  /** Takes what was typed back to what the server holds. */
  abandon(): void
  /** Watches the network and the screen; what it returns ends that, and saves what is left. */
  attend(): () => void
}

type Kept = {
  id: string
  written: Written
  saved: Note | null
  /** `written` is unsaved text of this device, typed over that revision, with what was on its way. */
  resumed?: Pick<Unsaved, 'revision' | 'sent'> | undefined
  save(id: string, draft: NoteDraft & { revision: number }): Promise<Note>
  device: UnsavedNotes | null
  /** Milliseconds the typing rests before it is saved, and kept on the device; the longest it waits; between tries. */
  pace?: { rest: number; keep: number; longest: number; retry: number }
}

/** More sends without any answer are not told apart from another device's. */
const unheard = 50

const usualPace = { rest: 5_000, keep: 250, longest: 60_000, retry: 8_000 }

export function openKeeper({ id, written, saved, resumed, save, device, pace = usualPace }: Kept): Keeper {
  let keeping: Keeping = {
    written,
    saved,
    phase: 'saved',
    onDevice: resumed !== undefined,
    problem: null,
    theirs: null,
  }
  let sent = resumed?.sent ?? []
  let typedSince: number | null = null
  let saving: Promise<boolean> | null = null
  const timers = { save: 0, keep: 0 }
  // Of a note whose screen was left nothing more is begun: what is left lies on the device.
  let attended = true
  const listeners = new Set<() => void>()
  const become = (change: Partial<Keeping>) => {
    keeping = { ...keeping, ...change }
    for (const listener of listeners) listener()
  }
  const later = (timer: keyof typeof timers, ms: number, work: () => void) => {
    clearTimeout(timers[timer])
    timers[timer] = setTimeout(work, ms) as unknown as number // a browser's
  }

  /** On the device now: what a killed tab is asked for again. */
  async function keep(): Promise<void> {
    clearTimeout(timers.keep)
    if (!device || keeping.phase === 'saved') return
    const { written: kept, saved: over } = keeping
    try {
      if (isNothing()) return await device.forget(id)
      const keptAt = new Date().toISOString()
      await device.keep(id, { written: kept, revision: over?.revision ?? 0, sent, keptAt })
      if (isSaved()) await device.forget(id)
      else if (keeping.written === kept) become({ onDevice: true })
    } catch {
      // The device is full, or keeps nothing: the screen says that the text lies nowhere else yet.
      become({ onDevice: false })
    }
  }
  // Nobody has written anything yet: neither device nor server has to hold that.
  const isNothing = () => !keeping.saved && isEmpty(keeping.written)
  // Asked anew after each wait: something may have been saved meanwhile.
  const isSaved = () => keeping.phase === 'saved'

  const scheduleSave = () => {
    typedSince ??= Date.now()
    const left = typedSince + pace.longest - Date.now()
    later('save', Math.max(0, Math.min(pace.rest, left)), () => void saveNow())
  }

  function saveNow(): Promise<boolean> {
    clearTimeout(timers.save)
    if (saving) return saving.then(() => saveNow())
    if (keeping.phase === 'saved') return Promise.resolve(true)
    if (keeping.phase === 'conflict' || keeping.phase === 'gone') return Promise.resolve(false)
    if (isNothing()) return Promise.resolve(false)
    saving = sendNow().finally(() => {
      saving = null
    })
    return saving
  }

  async function sendNow(): Promise<boolean> {
    const sending = keeping.written
    const revision = keeping.saved?.revision ?? 0
    become({ phase: 'saving' })
    // Before it leaves, so that a later conflict with ourselves is known for what it is.
    const mark = await fingerprint(sending)
    sent = [...sent.filter((other) => other !== mark), mark].slice(-unheard)
    await keep()
    try {
      return arrived(await save(id, { ...draftOf(sending), revision }), sending)
    } catch (error) {
      return failed(error)
    }
  }

  function arrived(note: Note, sending: Written): boolean {
    sent = []
    typedSince = null
    const isAll = keeping.written === sending
    become({
      saved: note,
      phase: isAll ? 'saved' : 'typed',
      problem: null,
      onDevice: !isAll && keeping.onDevice,
    })
    if (!isAll) {
      if (attended) scheduleSave()
      else void saveNow()
      return false
    }
    // What the server settled by itself is what stands from now on.
    become({ written: { ...writtenOf(note), title: sending.title, body: sending.body } })
    device?.forget(id).catch(() => undefined)
    return true
  }

  async function failed(error: unknown): Promise<boolean> {
    const { code, status, details } = error instanceof ApiError ? error : new ApiError(0, {})
    if (code === 'note_changed' || code === 'note_signed') {
      const { current } = details as { current: Note } // as the contract says
      return met(current)
    }
    if (status === 404) become({ phase: 'gone' })
    else if (status === 400 || status === 413 || status === 422)
      become({ phase: 'refused', problem: error as ApiError }) // its status says so
    else {
      become({ phase: 'away' })
      if (attended) later('save', pace.retry, () => void saveNow())
    }
    void keep()
    return false
  }

  /** Something else stands there: our own words that came through unheard, or another device's. */
  async function met(current: Note): Promise<boolean> {
    if (keeping.saved?.revision === current.revision || !(await isOurs(current))) return conflict(current)
    become({ saved: current })
    return sendNow()
  }

  /** The same, of text that was found on the device. */
  async function stands(current: Note): Promise<void> {
    if (await isOurs(current)) scheduleSave()
    else conflict(current)
  }

  const isOurs = async (current: Note) =>
    !current.signedAt && !current.trashedAt && sent.includes(await fingerprint(writtenOf(current)))

  function conflict(theirs: Note): false {
    become({ phase: 'conflict', theirs })
    void keep()
    return false
  }

  function type(change: Partial<Written>): void {
    const phase = keeping.phase === 'conflict' || keeping.phase === 'gone' ? keeping.phase : 'typed'
    become({ written: { ...keeping.written, ...change }, phase, problem: null, onDevice: false })
    later('keep', pace.keep, () => void keep())
    if (phase === 'typed') scheduleSave()
  }

  if (resumed) {
    const isOver = (saved?.revision ?? 0) === resumed.revision
    const gone = !saved && resumed.revision > 0
    become({ phase: gone ? 'gone' : 'typed' })
    // Over a note that has changed since, unless that change was this very text on its way.
    if (isOver) scheduleSave()
    else if (saved) void stands(saved)
  }

  return {
    now: () => keeping,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    type,
    saveNow,
    settle(chosen) {
      // Of a note whose screen was left nothing is taken back any more.
      if (!attended) return
      const standing = keeping.theirs ?? keeping.saved
      become({ written: chosen, saved: standing, theirs: null, phase: 'typed', onDevice: false })
      void saveNow()
    },
    meet(note) {
      if (keeping.phase !== 'saved' || note.revision <= (keeping.saved?.revision ?? 0)) return true
      if (note.signedAt || note.trashedAt) return false
      become({ saved: note, written: writtenOf(note) })
      return true
    },
    abandon() {
      const { theirs, saved: known } = keeping
      const note = theirs ?? known
      clearTimeout(timers.save)
      clearTimeout(timers.keep)
      become({
        written: note ? writtenOf(note) : keeping.written,
        saved: note,
        theirs: null,
        phase: 'saved',
        problem: null,
        onDevice: false,
      })
      device?.forget(id).catch(() => undefined)
    },
    attend() {
      attended = true
      const again = () => keeping.phase === 'away' && void saveNow()
      const hidden = () => {
        if (document.visibilityState !== 'hidden') return
        void keep()
        void saveNow()
      }
      const asks = (event: BeforeUnloadEvent) => {
        if (keeping.phase !== 'saved' && !keeping.onDevice && !isEmpty(keeping.written))
          event.preventDefault()
      }
      addEventListener('online', again)
      addEventListener('beforeunload', asks)
      document.addEventListener('visibilitychange', hidden)
      return () => {
        removeEventListener('online', again)
        removeEventListener('beforeunload', asks)
        document.removeEventListener('visibilitychange', hidden)
        attended = false
        clearTimeout(timers.save)
        void keep()
        void saveNow()
      }
    },
  }
}
