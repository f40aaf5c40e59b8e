import type { StopEffect } from '#contract/billing'
import type { ApiError } from '#platform/ui/api-error.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Lines } from './lines.tsx'

type StopEffectProps = { effect: StopEffect | undefined; error: ApiError | null }

/** What a stop makes of what was invoiced and of what waits, before anybody decides. */
export function StopEffectCard({ effect, error }: StopEffectProps) {
  const t = useMessages()
  const formats = useFormats()
  if (error) return <p className="text-13 text-danger-ink">{sentenceOf(error, t)}</p>
  if (!effect) return null
  const { documents, waitingCents, on } = effect
  return (
    <section
      aria-label={t('billing.subscriptions.stop')}
      className="flex flex-col gap-3 rounded-control bg-sunken p-3 text-13"
    >
      {documents.length === 0 && waitingCents === 0 && <p>{t('billing.subscriptions.stop.none')}</p>}
      {documents.map(({ kind, lines, exclCents, inclCents }, place) => (
        // Shown in the order they were made in, never moved.
        <div key={place}>
          <p className="font-medium">
            {kind === 'invoice'
              ? t('billing.subscriptions.stop.invoice', { day: formats.day(on) })
              : t(`billing.subscriptions.stop.${kind}`)}
          </p>
          <Lines lines={lines} />
          <p className="border-t border-line pt-1.5 text-right font-medium tabular-nums">
            {t('billing.subscriptions.stop.sum', {
              excl: formats.money(exclCents),
              incl: formats.money(inclCents),
            })}
          </p>
        </div>
      ))}
      {waitingCents !== 0 && (
        <p>{t('billing.subscriptions.stop.waits', { amount: formats.money(waitingCents) })}</p>
      )}
    </section>
  )
}
