import { useEffect, useEffectEvent, useRef } from 'react'
import { Button } from './button.tsx'
import { useMessages } from './messages.tsx'

export type More = { has: boolean; loading: boolean; load: () => void }

/** The next page comes by itself when the end comes near, and by a button for who wants to decide. */
export function LoadMore({ more, shown }: { more: More; shown: number }) {
  const t = useMessages()
  const end = useRef<HTMLDivElement>(null)
  const load = useEffectEvent(() => more.load())
  const ready = more.has && !more.loading
  useEffect(() => {
    if (!end.current || !ready) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), {
      rootMargin: '600px',
    })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [ready])
  if (!more.has) return null
  return (
    <div ref={end} className="flex items-center justify-center gap-3 py-4 text-13 text-ink-muted">
      <span className="tabular-nums">{t('ui.table.shown', { count: shown })}</span>
      <Button size="small" loading={more.loading} onClick={more.load}>
        {t('ui.table.more')}
      </Button>
    </div>
  )
}
