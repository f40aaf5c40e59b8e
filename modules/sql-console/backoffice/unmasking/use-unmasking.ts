/** What one sees unmasked now. Once it is over, nothing of it stays on the screen. */
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { getSqlUnmasking, type SqlUnmasking } from '#contract/sql-console'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'

type Shown = { isAnyUnmasked: boolean; maskAgain: () => void }

export function useUnmasking({ isAnyUnmasked, maskAgain }: Shown): SqlUnmasking | undefined {
  const t = useMessages()
  const may = useMay()('sql.unmask')
  const asked = useEndpoint(getSqlUnmasking, {}, { enabled: may })
  const told = (may && asked.data?.open) || undefined
  const [over, setOver] = useState<string>()
  useEffect(() => {
    if (!told) return
    // The clock ends it here too, whether or not anybody tells.
    const timer = setTimeout(() => setOver(told.id), Math.max(0, Date.parse(told.endsAt) - Date.now()))
    return () => clearTimeout(timer)
  }, [told])
  const open = told && told.id !== over ? told : undefined

  // While it is asked for nobody knows: what was opened a moment ago is not in the answer before.
  const isOver = !open && !(may && asked.isFetching)
  const masks = useEffectEvent(maskAgain)
  useEffect(() => {
    if (isOver && isAnyUnmasked) masks()
  }, [isOver, isAnyUnmasked])

  const before = useRef<string>(undefined)
  const says = useEffectEvent(() => notify.done({ title: t('sql.unmasking.over') }))
  useEffect(() => {
    if (open) before.current = open.id
    else if (before.current !== undefined && isOver) {
      before.current = undefined
      says()
    }
  }, [open, isOver])
  return open
}
