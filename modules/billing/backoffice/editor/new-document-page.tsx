/** Whom a new document is for; with that it begins. */
import { useState } from 'react'
import { z } from 'zod'
import { createDraft, createQuote, findBillable } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Select } from '#platform/ui/select.tsx'
import { useUrlState } from '#platform/ui/url-state.ts'
import { invoiceTo, quoteTo } from '../addresses.ts'
import { ClientChoice } from './client-choice.tsx'

const kinds = ['380', '386', 'quote'] as const
type Kind = (typeof kinds)[number]
const Address = z.object({ clientId: z.uuid().optional() })

export function NewInvoicePage() {
  return <NewDocument first="380" title="billing.new.invoice" />
}

export function NewQuotePage() {
  return <NewDocument first="quote" title="billing.new.quote" />
}

function NewDocument({ first, title }: { first: Kind; title: 'billing.new.invoice' | 'billing.new.quote' }) {
  const t = useMessages()
  const go = useGo()
  const [{ clientId }] = useUrlState(Address)
  const [kind, setKind] = useState<Kind>(first)
  const draft = useEndpoint(createDraft, { onSuccess: ({ id }) => go(invoiceTo(id), { replace: true }) })
  const quote = useEndpoint(createQuote, { onSuccess: ({ id }) => go(quoteTo(id), { replace: true }) })
  const isBusy = draft.isPending || draft.isSuccess || quote.isPending || quote.isSuccess
  const begin = (id: string) =>
    kind === 'quote'
      ? quote.mutate({ body: { clientId: id } })
      : draft.mutate({ body: { clientId: id, typeCode: kind === '386' ? 386 : 380 } })
  const error = draft.error ?? quote.error
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t(title)} />
      <Card>
        <div className="flex flex-col gap-4">
          {error && <Problem>{sentenceOf(error, t)}</Problem>}
          <Field label={t('billing.new.kind')}>
            <Select
              options={kinds.map((value) => ({ value, label: t(`billing.new.kind.${value}`) }))}
              value={kind}
              onChange={setKind}
            />
          </Field>
          {clientId === undefined ? (
            <Field label={t('billing.client')} help={t('billing.new.help')}>
              <ClientChoice disabled={isBusy} onChoose={begin} />
            </Field>
          ) : (
            <Known clientId={clientId} isBusy={isBusy} onBegin={() => begin(clientId)} />
          )}
        </div>
      </Card>
    </div>
  )
}

type KnownProps = { clientId: string; isBusy: boolean; onBegin: () => void }

/** Who comes from a client's page has chosen already. */
function Known({ clientId, isBusy, onBegin }: KnownProps) {
  const t = useMessages()
  const { data } = useEndpoint(findBillable, { query: { id: clientId } })
  const client = data?.rows[0]
  return (
    <>
      <p className="text-13">
        <span className="mr-2 text-ink-muted">{t('billing.client')}</span>
        {client ? `${client.firstName} ${client.lastName}`.trim() : '…'}
      </p>
      {data && !client && <Problem>{t('billing.new.gone')}</Problem>}
      <div className="flex justify-end">
        <Button variant="primary" loading={isBusy} disabled={!client} onClick={onBegin}>
          {t('billing.new.begin')}
        </Button>
      </div>
    </>
  )
}
