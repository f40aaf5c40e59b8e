/** Keeps a draft on the server as it grows, a moment after each pause, over the state it was read in and over no other. */

export type Kept = {
  /**
   * `refused`: the server cannot take it as it is; `failed`: it is tried again by itself; `conflict`: somebody else saved
   * meanwhile; `over`: there is no such draft any more.
   */
  phase: 'kept' | 'typed' | 'saving' | 'refused' | 'failed' | 'conflict' | 'over'
  /** Of the last time it was saved from here. */
  savedAt: string | null
  revision: number
  error: unknown
}

/** What an answer other than success means for what was to be saved. */
export type Verdict = 'conflict' | 'over' | 'refused' | 'again'

export type DocumentKeeper<Fields> = ReturnType<typeof documentKeeper<Fields>>

const pauseMs = 700
const againMs = 5_000

export function documentKeeper<Fields>(on: {
  begun: Fields
  revision: number
  save(fields: Fields, revision: number): Promise<{ revision: number; savedAt: string }>
  judge(error: unknown): Verdict
}) {
  let wanted = on.begun
  let stands = asText(on.begun)
  let kept: Kept = { phase: 'kept', savedAt: null, revision: on.revision, error: null }
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Saves leave one after the other. */
  let turn: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()

  function become(next: Partial<Kept>): void {
    kept = { ...kept, error: null, ...next }
    for (const listener of listeners) listener()
  }
  function wait(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), ms)
  }
  const isOver = () => kept.phase === 'conflict' || kept.phase === 'over'

  async function send(): Promise<void> {
    const fields = wanted
    if (isOver()) return
    const text = asText(fields)
    if (text === stands) return become({ phase: 'kept' })
    become({ phase: 'saving' })
    try {
      const { revision, savedAt } = await on.save(fields, kept.revision)
      stands = text
      become({ phase: asText(wanted) === text ? 'kept' : 'typed', revision, savedAt })
    } catch (error) {
      const verdict = on.judge(error)
      become({ phase: verdict === 'again' ? 'failed' : verdict, error })
      if (verdict === 'again') wait(againMs)
    }
  }
  function keep(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    turn = turn.then(send)
    return turn
  }

  return {
    now: () => kept,
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    type(fields: Fields): void {
      wanted = fields
      if (isOver()) return
      if (asText(fields) === stands && kept.phase !== 'saving') return become({ phase: 'kept' })
      become({ phase: 'typed' })
      wait(pauseMs)
    },
    /** At once, or after what is on its way. @returns once it stands, or could not be saved */
    flush: () => keep(),
    /** What somebody else saved is what stands: nothing of it is to be saved again. */
    take(fields: Fields, revision: number): void {
      clearTimeout(timer)
      timer = undefined
      wanted = fields
      stands = asText(fields)
      become({ phase: 'kept', revision })
    },
    /** What is typed here goes over what somebody else saved. */
    overwrite(revision: number): void {
      become({ phase: 'typed', revision })
      void keep()
    },
  }
}

const asText = (fields: unknown) => JSON.stringify(fields)
