/** Stands in for a card provider's page on a developer's machine: what a client would do there. */
import { CreditCard } from 'lucide-react'
import { actInSandbox, getSandboxCheckout } from '#contract/billing'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { ButtonLink, usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Money } from '#platform/ui/money.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo } from '../addresses.ts'

const acts = ['pay', 'fail', 'expire'] as const

export function CardSandboxPage() {
  const t = useMessages()
  const id = usePathParam('id')
  const { data, error, refetch } = useEndpoint(getSandboxCheckout, { params: { id } })
  const act = useEndpoint(actInSandbox, {
    onSuccess: () => void refetch(),
    onError: (problem) => notify.failed({ title: sentenceOf(problem, t) }),
  })
  const doing = act.isPending ? act.variables.body.act : null
  return (
    <>
      <PageHeader title={t('billing.card.sandbox')} />
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <Skeleton width={360} height={180} />
      ) : (
        <Card className="max-w-md">
          <div className="flex flex-col gap-4">
            <p className="text-13 text-ink-muted">{t('billing.card.sandbox.help')}</p>
            <p className="flex items-center gap-3">
              <span className="text-20 font-semibold">
                <Money cents={data.amountCents} />
              </span>
              <span>{data.number}</span>
              <Badge tone={data.state === 'paid' ? 'success' : data.state === 'open' ? 'info' : 'neutral'}>
                {t(`billing.card.state.${data.state}`)}
              </Badge>
            </p>
            <div className="flex flex-wrap gap-2">
              {data.state === 'open' &&
                acts.map((one) => (
                  <Button
                    key={one}
                    variant={one === 'pay' ? 'primary' : 'secondary'}
                    icon={one === 'pay' ? CreditCard : undefined}
                    loading={doing === one}
                    onClick={() => act.mutate({ params: { id }, body: { act: one } })}
                  >
                    {t(`billing.card.act.${one}`)}
                  </Button>
                ))}
              {data.state === 'paid' && (
                <Button
                  loading={doing === 'refund'}
                  onClick={() => act.mutate({ params: { id }, body: { act: 'refund' } })}
                >
                  {t('billing.card.act.refund')}
                </Button>
              )}
              <ButtonLink to={invoiceTo(data.invoiceId)}>{t('billing.card.back')}</ButtonLink>
            </div>
          </div>
        </Card>
      )}
    </>
  )
}
