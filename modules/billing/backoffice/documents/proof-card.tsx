import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { getInvoiceProof } from '#contract/billing'
import { Card } from '#platform/ui/card.tsx'
import { CopyId } from '#platform/ui/copy-id.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DateText } from '#platform/ui/date-text.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { verifyTo } from '../addresses.ts'

/** What shows that nothing of it changed: reckoned again from what was frozen, each time one looks. */
export function ProofCard({ id }: { id: string }) {
  const t = useMessages()
  const formats = useFormats()
  const { data, error, refetch } = useEndpoint(getInvoiceProof, { params: { id } })
  const Icon = data?.holds === false ? ShieldAlert : ShieldCheck
  return (
    <Card title={t('billing.proof')}>
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : !data ? (
        <Skeleton width="70%" />
      ) : (
        <div className="flex flex-col gap-2 text-13">
          <p className="flex gap-2 font-medium">
            <Icon
              aria-hidden
              size={16}
              className={data.holds ? 'mt-0.5 shrink-0 text-success' : 'mt-0.5 shrink-0 text-danger'}
            />
            {t(data.holds ? 'billing.proof.holds' : 'billing.proof.broken')}
          </p>
          <p className="text-ink-muted">
            {t('billing.proof.position', { position: formats.integer(data.position) })}{' '}
            <DateText value={data.finalisedAt} show="instant" />
          </p>
          <div className="-ml-1 flex flex-col items-start">
            <CopyId id={data.sha256} label={t('billing.proof.chain')} />
            <CopyId id={data.previousSha256} label={t('billing.proof.previous')} />
            <CopyId id={data.contentSha256} label={t('billing.proof.content')} />
            <CopyId id={data.xmlSha256} label={t('billing.proof.xml')} />
            {data.pdf ? (
              <CopyId id={data.pdf.sha256} label={t('billing.proof.pdf')} />
            ) : (
              <p className="px-1 text-12 text-ink-muted">{t('billing.proof.no-pdf')}</p>
            )}
          </div>
          <p>
            <TextLink to={verifyTo}>{t('billing.proof.verify')}</TextLink>
          </p>
        </div>
      )}
    </Card>
  )
}
