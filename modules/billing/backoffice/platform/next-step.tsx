import { FileMinus2, FilePen } from 'lucide-react'
import { useState } from 'react'
import { draftCorrection, type Invoice } from '#contract/billing'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TextLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoiceTo } from '../addresses.ts'
import { CreditNoteDialog } from '../documents/credit-note-dialog.tsx'
import { documentCan } from '../documents/document-can.ts'

/** What was refused or rejected is taken back whole by a credit note, then invoiced again under a new number. */
export function NextStep({ invoice }: { invoice: Invoice }) {
  const t = useMessages()
  const may = useMay()
  const go = useGo()
  const [crediting, setCrediting] = useState(false)
  const correct = useEndpoint(draftCorrection, {
    onSuccess: ({ id }) => go(invoiceTo(id)),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const corrective = invoice.citedBy.find(({ typeCode }) => typeCode === 384)
  const draft = invoice.citedBy.find(({ typeCode, number }) => typeCode === 381 && number === null)
  if (corrective)
    return (
      <p>
        {t('billing.platform.corrected')}{' '}
        <TextLink to={invoiceTo(corrective.id)}>{corrective.number ?? t('billing.platform.draft')}</TextLink>
      </p>
    )
  const canCredit = documentCan.credit(invoice, may)
  const canCorrect = documentCan.correct(invoice, may)
  return (
    <div className="flex flex-col gap-2">
      <p>{t(canCorrect ? 'billing.platform.correct.help' : 'billing.platform.rejected.help')}</p>
      {draft && <TextLink to={invoiceTo(draft.id)}>{t('billing.platform.credit-draft')}</TextLink>}
      {!draft && canCredit && (
        <div>
          <Button size="small" icon={FileMinus2} onClick={() => setCrediting(true)}>
            {t('billing.platform.credit-whole')}
          </Button>
        </div>
      )}
      {canCorrect && (
        <div>
          <Button
            size="small"
            icon={FilePen}
            loading={correct.isPending}
            onClick={() => correct.mutate({ params: { id: invoice.id } })}
          >
            {t('billing.act.correct')}
          </Button>
        </div>
      )}
      {crediting && <CreditNoteDialog invoice={invoice} onClose={() => setCrediting(false)} />}
    </div>
  )
}
