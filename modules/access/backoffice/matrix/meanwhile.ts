import { useEffect, useEffectEvent, useRef } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Says that somebody else changed the roles under one's pending changes, which are kept. */
export function useMeanwhile(revision: number | undefined, pending: boolean): void {
  const t = useMessages()
  const seen = useRef(revision)
  const tell = useEffectEvent(() => {
    if (pending) notify.told({ title: t('access.meanwhile') })
  })
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== revision) tell()
    seen.current = revision
  }, [revision])
}
