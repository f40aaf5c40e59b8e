import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { Report } from '#contract/sql-console'
import { useMessages } from '#platform/ui/messages.tsx'
import { Notice } from './notice.tsx'

type ProofProps = { proof: NonNullable<Report['proof']>; isExecuted: boolean }

/** What another connection said of the transaction, once it was over. */
export function Proof({ proof: { xid, status, unchanged }, isExecuted }: ProofProps) {
  const t = useMessages()
  if (isExecuted)
    return (
      <Notice look="neutral" icon={ShieldCheck} title={t('sql.proof.executed', { xid })}>
        <p>{t('sql.proof.status', { status })}</p>
      </Notice>
    )
  if (!unchanged)
    return (
      <Notice look="danger" icon={TriangleAlert} title={t('sql.proof.missing', { xid })}>
        <p>{t('sql.proof.missing.help', { status })}</p>
      </Notice>
    )
  return (
    <Notice look="success" icon={ShieldCheck} title={t('sql.proof', { xid })}>
      <p>{t('sql.proof.status', { status })}</p>
    </Notice>
  )
}
