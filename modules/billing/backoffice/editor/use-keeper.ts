import { useEffect, useState, useSyncExternalStore } from 'react'
import { ApiError } from '#platform/ui/api-error.ts'
import { documentKeeper, type Verdict } from './document-keeper.ts'

type Keeping<Fields> = {
  begun: Fields
  revision: number
  save: (fields: Fields, revision: number) => Promise<{ revision: number; savedAt: string }>
  /** What the server says when somebody else was faster, and when there is nothing to save any more. */
  codes: { conflict: string; over: string }
}

/** Keeps what is typed from the first sight of a document to the last, also of a window that closes. */
export function useKeeper<Fields>({ begun, revision, save, codes }: Keeping<Fields>) {
  const [keeper] = useState(() =>
    documentKeeper({ begun, revision, save, judge: (error) => verdictOn(error, codes) }),
  )
  const kept = useSyncExternalStore(keeper.listen, keeper.now)
  useEffect(() => {
    const leave = () => {
      if (document.visibilityState === 'hidden') void keeper.flush()
    }
    document.addEventListener('visibilitychange', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      void keeper.flush()
    }
  }, [keeper])
  return { keeper, kept }
}

function verdictOn(error: unknown, { conflict, over }: { conflict: string; over: string }): Verdict {
  if (!(error instanceof ApiError)) return 'again'
  if (error.code === conflict) return 'conflict'
  if (error.code === over || error.status === 404) return 'over'
  return error.status >= 400 && error.status < 500 && error.status !== 429 && error.status !== 401
    ? 'refused'
    : 'again'
}
