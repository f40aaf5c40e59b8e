import type { FleetMigration } from '#contract/tenancy'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

type Wave = FleetMigration['waves'][number]

const parts = [
  ['done', 'bg-success'],
  ['failed', 'bg-danger'],
  ['skipped', 'bg-neutral'],
] as const

/** How far a wave is: done, failed and skipped side by side, told in figures below. */
export function WaveBar({ wave }: { wave: Wave }) {
  const t = useMessages()
  const formats = useFormats()
  const { total } = wave
  const over = wave.done + wave.failed + wave.skipped
  return (
    <>
      <div className="mb-1 flex items-baseline justify-between gap-2 text-13">
        <span className="truncate font-medium">{t(`tenancy.wave.${wave.wave}`)}</span>
        <span className="text-12 text-ink-muted tabular-nums">
          {total === 0
            ? t('tenancy.wave.empty')
            : t('tenancy.wave.progress', { over: formats.integer(over), total: formats.integer(total) })}
        </span>
      </div>
      <div aria-hidden className="flex h-2 overflow-hidden rounded-full bg-pressed">
        {parts.map(([part, colour]) => (
          <div
            key={part}
            className={`${colour} transition-all`}
            style={{ width: total === 0 ? 0 : `${(100 * wave[part]) / total}%` }}
          />
        ))}
      </div>
      <p className="mt-1 text-12 text-ink-muted empty:hidden">
        {[
          wave.failed > 0 &&
            t('tenancy.wave.failed', { count: wave.failed, shown: formats.integer(wave.failed) }),
          wave.skipped > 0 &&
            t('tenancy.wave.skipped', { count: wave.skipped, shown: formats.integer(wave.skipped) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  )
}
