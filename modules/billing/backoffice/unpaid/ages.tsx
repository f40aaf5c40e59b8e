import { unpaidAges, type UnpaidAge } from '#contract/billing'
import { cx } from '#platform/ui/cx.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'

type AgesProps = {
  ages: readonly { age: UnpaidAge; count: number; cents: number; clients: number }[] | undefined
  chosen: UnpaidAge | undefined
  onChoose: (age: UnpaidAge | undefined) => void
}

/** The older, the darker: the word and the figure say it first. */
const marks: Record<UnpaidAge, string> = {
  to_30: 'bg-warning/40',
  to_60: 'bg-warning',
  to_90: 'bg-danger/60',
  over_90: 'bg-danger',
}

/** What is late by age, one bar each to the same scale; a click shows its lines. */
export function Ages({ ages, chosen, onChoose }: AgesProps) {
  const t = useMessages()
  const formats = useFormats()
  const most = Math.max(1, ...(ages ?? []).map(({ cents }) => cents))
  return (
    <fieldset aria-label={t('billing.unpaid.ages')} className="grid grid-cols-2 gap-2 lg:grid-cols-4">
      {unpaidAges.map((age) => {
        const one = ages?.find((known) => known.age === age)
        const pressed = age === chosen
        return (
          <button
            key={age}
            type="button"
            aria-pressed={pressed}
            onClick={() => onChoose(pressed ? undefined : age)}
            className={cx(
              'flex min-w-0 flex-col rounded-card border px-4 py-3 text-left transition-colors max-sm:px-3',
              pressed ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:bg-hover',
            )}
          >
            <span className="text-12 font-medium text-ink-muted">{t(`billing.unpaid.age.${age}`)}</span>
            {one ? (
              <>
                <span className="mt-1 text-20 font-semibold tabular-nums max-sm:text-16">
                  {formats.money(one.cents)}
                </span>
                <span className="text-12 text-ink-muted">
                  {t('billing.unpaid.age.lines', {
                    count: one.count,
                    shown: formats.integer(one.count),
                    clients: one.clients,
                  })}
                </span>
              </>
            ) : (
              <span className="mt-1 flex h-11 flex-col justify-center gap-2">
                <Skeleton width={96} height={18} />
                <Skeleton width={120} />
              </span>
            )}
            <span aria-hidden className="mt-2 block h-1.5 w-full rounded-full bg-sunken">
              <span
                className={cx('block h-full rounded-full', marks[age])}
                style={{ width: `${((one?.cents ?? 0) / most) * 100}%` }}
              />
            </span>
          </button>
        )
      })}
    </fieldset>
  )
}
