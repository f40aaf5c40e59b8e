import { Plus, X } from 'lucide-react'
import { previewCancellation, removeExtra, type Subscription } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { Lines } from './lines.tsx'

type NextInvoiceCardProps = { subscription: Subscription; mayWrite: boolean; onAdd: () => void }
type Sums = { exclCents: number; vatCents: number; inclCents: number }

/** The document of the next period as it would be made now: what the run makes is the same, to the cent. */
export function NextInvoiceCard({ subscription, mayWrite, onAdd }: NextInvoiceCardProps) {
  const t = useMessages()
  const formats = useFormats()
  const { nextInvoice, extras, coupons } = subscription
  const act = useRemoving(subscription)
  if (!nextInvoice)
    return extras.length > 0 ? (
      <WaitingCard subscription={subscription} mayWrite={mayWrite} />
    ) : (
      <Card title={t('billing.subscriptions.next-invoice')}>
        <p className="text-13 text-ink-muted">{t('billing.subscriptions.no-next')}</p>
      </Card>
    )
  return (
    <Card
      title={t('billing.subscriptions.next-invoice')}
      actions={
        mayWrite && (
          <Button variant="ghost" icon={Plus} onClick={onAdd}>
            {t('billing.subscriptions.extra')}
          </Button>
        )
      }
    >
      <p className="mb-2 text-13 text-ink-muted">
        {t('billing.subscriptions.period', {
          from: formats.day(nextInvoice.from),
          until: formats.day(nextInvoice.until),
        })}
      </p>
      {/* One coupon at a time, the first that was applied. */}
      <Lines
        lines={nextInvoice.lines}
        code={coupons[0]?.code}
        act={mayWrite ? (place) => act(nextInvoice.lines[place]?.extraId) : undefined}
      />
      <Totals {...nextInvoice} />
    </Card>
  )
}

/** No period is to come, yet lines wait: for the end, or for the resumption. */
function WaitingCard({ subscription, mayWrite }: Pick<NextInvoiceCardProps, 'subscription' | 'mayWrite'>) {
  const t = useMessages()
  const formats = useFormats()
  const { id, extras, cancelOn } = subscription
  const act = useRemoving(subscription)
  const { data } = useEndpoint(
    previewCancellation,
    { params: { id }, query: { when: 'period_end', credit: 'no' } },
    { enabled: cancelOn !== null },
  )
  const invoice = data?.documents.find(({ kind }) => kind === 'invoice')
  return (
    <Card title={t(cancelOn ? 'billing.subscriptions.at-end' : 'billing.subscriptions.at-resumption')}>
      <p className="mb-2 text-13 text-ink-muted">
        {cancelOn
          ? t('billing.subscriptions.at-end.help', { day: formats.day(cancelOn) })
          : t('billing.subscriptions.at-resumption.help')}
      </p>
      <Lines
        lines={extras.map((extra) => ({ ...extra, discountBasisPoints: 0, discountCents: 0 }))}
        act={mayWrite ? (place) => act(extras[place]?.id) : undefined}
      />
      {invoice && <Totals {...invoice} />}
    </Card>
  )
}

/** What stands under a line that may be taken back: once under the lines that go together. */
function useRemoving({ id, extras }: Subscription) {
  const t = useMessages()
  const remove = useEndpoint(removeExtra, {
    onSuccess: (_, { params }) =>
      notify.done({
        title: t(
          extras.some((extra) => extra.id === params.extraId && extra.prorated)
            ? 'billing.subscriptions.done.proration'
            : 'billing.subscriptions.done.extra-removed',
        ),
      }),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const last = extras.findLast(({ prorated }) => prorated)
  return (extraId: string | null | undefined) => {
    const extra = extras.find((one) => one.id === extraId)
    if (!extra || (extra.prorated && extra !== last)) return null
    return (
      <div className="mt-1 -ml-2">
        <Button
          variant="ghost"
          size="small"
          icon={X}
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { id, extraId: extra.id } })}
        >
          {extra.prorated ? (
            t('billing.subscriptions.proration-remove')
          ) : (
            <span>
              {t('billing.subscriptions.extra-drop')}
              <span className="sr-only">
                {t('billing.subscriptions.extra-drop.what', { what: extra.description })}
              </span>
            </span>
          )}
        </Button>
      </div>
    )
  }
}

function Totals({ exclCents, vatCents, inclCents }: Sums) {
  const t = useMessages()
  return (
    <dl className="mt-2 ml-auto grid w-fit grid-cols-[auto_auto] gap-x-6 gap-y-1 border-t border-line pt-2 text-13">
      <dt className="text-ink-muted">{t('billing.subscriptions.excl')}</dt>
      <dd className="text-right">
        <Money cents={exclCents} />
      </dd>
      <dt className="text-ink-muted">{t('billing.subscriptions.vat')}</dt>
      <dd className="text-right">
        <Money cents={vatCents} />
      </dd>
      <dt className="font-semibold">{t('billing.subscriptions.incl')}</dt>
      <dd className="text-right font-semibold">
        <Money cents={inclCents} />
      </dd>
    </dl>
  )
}
