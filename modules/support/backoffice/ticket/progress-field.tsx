import { useEffect, useEffectEvent, useState } from 'react'
import { useMessages } from '#platform/ui/messages.tsx'

type ProgressFieldProps = { progress: number; disabled: boolean; onChange: (progress: number) => void }

const restMs = 500

/** How far it is, by whoever works on it; saved once the hand rests. */
export function ProgressField({ progress, disabled, onChange }: ProgressFieldProps) {
  const t = useMessages()
  const [moved, setMoved] = useState<number | null>(null)
  const shown = moved ?? progress
  const rest = useEffectEvent(() => {
    if (moved !== null && moved !== progress) onChange(moved)
    setMoved(null)
  })
  useEffect(() => {
    if (moved === null) return
    const timer = setTimeout(rest, restMs)
    return () => clearTimeout(timer)
  }, [moved])
  return (
    <div className="flex items-center gap-3">
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        aria-label={t('support.column.progress')}
        aria-valuetext={t('support.progress.shown', { progress: shown })}
        value={shown}
        disabled={disabled}
        onChange={(event) => setMoved(Number(event.target.value))}
        className="h-control min-w-0 flex-1 accent-accent"
      />
      <output className="w-12 text-right text-13 tabular-nums">
        {t('support.progress.shown', { progress: shown })}
      </output>
    </div>
  )
}
