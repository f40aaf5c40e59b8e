import { Eye } from 'lucide-react'
import { useState } from 'react'
import { listMandates, type Mandate, revealMandateIban } from '#contract/billing'
import { ApiError } from '#platform/ui/api-error.ts'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { SearchInput } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { useSettledText } from '#platform/ui/settled-text.ts'
import { notify } from '#platform/ui/toast.tsx'
import { clientName } from '../invoice-name.ts'

export function MandateList({ onRevoke }: { onRevoke: (mandate: Mandate) => void }) {
  const t = useMessages()
  const [q, setQ] = useState('')
  const [text, setText] = useSettledText(q, setQ)
  const { data } = useEndpoint(listMandates, { query: { q } }, { keepPrevious: true })
  return (
    <Card
      title={t('billing.debit.mandates')}
      actions={
        <SearchInput
          label={t('billing.debit.mandates.search')}
          placeholder={t('billing.debit.mandates.search')}
          value={text}
          onChange={setText}
        />
      }
    >
      {data?.rows.length === 0 && (
        <p className="text-13 text-ink-muted">{t('billing.debit.mandates.empty')}</p>
      )}
      <ul aria-label={t('billing.debit.mandates')} className="flex flex-col">
        {data?.rows.map((mandate) => (
          <One key={mandate.id} mandate={mandate} onRevoke={() => onRevoke(mandate)} />
        ))}
      </ul>
    </Card>
  )
}

function One({ mandate, onRevoke }: { mandate: Mandate; onRevoke: () => void }) {
  const t = useMessages()
  const may = useMay()
  const [iban, setIban] = useState<string | null>(null)
  const reveal = async () => {
    try {
      setIban((await call(revealMandateIban, { params: { id: mandate.id } })).iban)
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'step_up_required'))
        notify.failed({ title: sentenceOf(error, t) })
    }
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-13 first:border-t-0">
      <span className="font-medium">{clientName(mandate)}</span>
      <span className="tabular-nums">{mandate.reference}</span>
      <span className="text-ink-muted tabular-nums">
        {iban ? iban.replaceAll(/(.{4})(?=.)/g, '$1 ') : `•••• ${mandate.ibanEnding}`}
      </span>
      <span className="text-ink-muted">
        {t('billing.debit.signed-on')} <DateText value={mandate.signedOn} />
      </span>
      <Badge tone={mandate.state === 'active' ? 'success' : 'neutral'}>
        {t(`billing.debit.mandate.${mandate.state}`)}
      </Badge>
      {may('payments.write') && (
        <span className="ml-auto flex gap-2">
          {iban === null && (
            <Button size="small" icon={Eye} onClick={() => void reveal()}>
              {t('billing.debit.mandate.reveal')}
            </Button>
          )}
          {mandate.state === 'active' && (
            <Button size="small" onClick={onRevoke}>
              {t('billing.debit.mandate.revoke')}
            </Button>
          )}
        </span>
      )}
    </li>
  )
}
