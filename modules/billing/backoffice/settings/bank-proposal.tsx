/** An account that waits for a second person: what changes, and who may decide. */
import { Check, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import {
  approveBank,
  refuseBank,
  withdrawSetting,
  type BankSettings,
  type SettingVersion,
} from '#contract/billing'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ibanByFours } from './iban.ts'

type BankProposalProps = {
  proposal: Extract<SettingVersion, { kind: 'bank' }>
  current: BankSettings | null
}

export function BankProposal({ proposal, current }: BankProposalProps) {
  const t = useMessages()
  const may = useMay()
  const session = useSession()
  const [asked, setAsked] = useState<'approve' | 'refuse' | null>(null)
  const [reason, setReason] = useState('')
  const done = (title: string) => () => {
    setAsked(null)
    notify.done({ title })
  }
  const approve = useEndpoint(approveBank, { onSuccess: done(t('billing.settings.bank.approved')) })
  const refuse = useEndpoint(refuseBank, { onSuccess: done(t('billing.settings.bank.refused')) })
  const withdraw = useEndpoint(withdrawSetting, {
    onSuccess: done(t('billing.settings.withdrawn')),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const { id, content, inForceFrom, proposedBy, proposedAt } = proposal
  const params = { id }
  const isOwn = proposedBy?.id === session.id
  const mayDecide = may('billing.approve') && !isOwn
  const rows = (['holder', 'iban', 'bic', 'creditorId'] as const).map((field) => {
    const show = (bank: BankSettings | null) =>
      field === 'iban' ? ibanByFours(bank?.iban ?? '') : (bank?.[field] ?? '')
    return { field, before: show(current), after: show(content) }
  })
  return (
    <Card
      title={t('billing.settings.bank.waiting')}
      actions={<Badge tone="warning">{t('billing.settings.standing.waiting')}</Badge>}
      className="border-warning"
    >
      <p className="text-13 text-ink-muted">
        {t('billing.settings.bank.proposed', {
          name: proposedBy?.name ?? t('billing.settings.installation'),
        })}{' '}
        <DateText value={proposedAt} show="both" />. {t('billing.settings.bank.begins')}{' '}
        <DateText value={inForceFrom} />.
      </p>
      <table className="mt-3 w-full text-13">
        <thead>
          <tr className="text-left text-12 text-ink-muted">
            <th className="w-32 py-1 font-medium max-sm:hidden" scope="col">
              <span className="sr-only">{t('billing.settings.bank.field')}</span>
            </th>
            <th className="py-1 pr-3 font-medium" scope="col">
              {t('billing.settings.bank.today')}
            </th>
            <th className="py-1 font-medium" scope="col">
              {t('billing.settings.bank.then')}
            </th>
          </tr>
        </thead>
        {rows.map(({ field, before, after }) => (
          <tbody key={field}>
            {/* On a phone there is room for two columns: what they are about stands above them. */}
            <tr className="border-t border-line sm:hidden">
              <th
                colSpan={2}
                className="pt-1.5 text-left text-12 font-regular text-ink-muted"
                scope="rowgroup"
              >
                {t(`billing.settings.bank.${field === 'creditorId' ? 'creditor' : field}`)}
              </th>
            </tr>
            <tr className="align-top sm:border-t sm:border-line">
              <th className="py-1.5 pr-3 text-left font-regular text-ink-muted max-sm:hidden" scope="row">
                {t(`billing.settings.bank.${field === 'creditorId' ? 'creditor' : field}`)}
              </th>
              <td className="py-1.5 pr-3 break-words max-sm:pt-0 text-ink-muted tabular-nums">
                {before || '—'}
              </td>
              <td
                className={`py-1.5 break-words tabular-nums max-sm:pt-0 ${before === after ? '' : 'font-medium'}`}
              >
                {after || '—'}
              </td>
            </tr>
          </tbody>
        ))}
      </table>
      <div className="mt-3 flex flex-wrap items-center justify-end gap-2">
        {!mayDecide && (
          <p className="mr-auto text-12 text-ink-muted">
            {t(isOwn ? 'billing.settings.bank.own' : 'billing.settings.bank.others')}
          </p>
        )}
        {isOwn && may('billing.settings') && (
          <Button icon={Undo2} loading={withdraw.isPending} onClick={() => withdraw.mutate({ params })}>
            {t('billing.settings.bank.withdraw')}
          </Button>
        )}
        {mayDecide && (
          <>
            <Button icon={X} onClick={() => setAsked('refuse')}>
              {t('billing.settings.bank.refuse')}
            </Button>
            <Button variant="primary" icon={Check} onClick={() => setAsked('approve')}>
              {t('billing.settings.bank.approve')}
            </Button>
          </>
        )}
      </div>
      {asked === 'approve' && (
        <ActDialog
          title={t('billing.settings.bank.approve.title')}
          description={t('billing.settings.bank.approve.help')}
          effects={[
            t('billing.settings.bank.approve.effect', { iban: ibanByFours(content.iban) }),
            t('billing.settings.bank.approve.told'),
          ]}
          action={t('billing.settings.bank.approve')}
          icon={Check}
          running={approve.isPending}
          error={approve.error}
          onSubmit={() => approve.mutate({ params })}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'refuse' && (
        <ActDialog
          title={t('billing.settings.bank.refuse.title')}
          action={t('billing.settings.bank.refuse')}
          danger
          missing={reason.trim().length < 3 ? [t('billing.settings.bank.reason')] : []}
          running={refuse.isPending}
          error={refuse.error}
          onSubmit={() => refuse.mutate({ params, body: { reason } })}
          onClose={() => setAsked(null)}
        >
          <Field name="reason" label={t('billing.settings.bank.reason')}>
            <Textarea value={reason} rows={3} maxLength={300} onChange={setReason} />
          </Field>
        </ActDialog>
      )}
    </Card>
  )
}
