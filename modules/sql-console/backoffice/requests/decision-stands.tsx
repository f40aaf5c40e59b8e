/** Where what was asked for stands before it runs: it waits for a second person, has an answer, or was let go. */
import { CircleSlash, CircleX, Hourglass, ShieldCheck } from 'lucide-react'
import type { SqlRequest } from '#contract/sql-console'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Notice } from '../report/notice.tsx'
import { useWho } from './who.ts'

type DecisionStandsProps = Pick<SqlRequest, 'by' | 'decidedBy' | 'remark' | 'lapsesAt'> & {
  state: 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'lapsed'
  /** Said to whoever may decide; null where that is not who looks. */
  yours: string | null
  /** What comes after the approval. */
  next: string
}

export function DecisionStands({ state, by, decidedBy, remark, lapsesAt, yours, next }: DecisionStandsProps) {
  const t = useMessages()
  const formats = useFormats()
  const who = useWho()
  const until = formats.dayTime(lapsesAt)
  const name = decidedBy?.name ?? ''
  const said = remark && <p className="mt-1 wrap-anywhere">{t('sql.request.said', { remark })}</p>
  switch (state) {
    case 'waiting':
      return (
        <Notice look="warning" icon={Hourglass} title={t('sql.stands.waiting')}>
          <p>
            {yours ?? t(by.id === who.id ? 'sql.stands.waiting.own' : 'sql.stands.waiting.other', { until })}
          </p>
        </Notice>
      )
    case 'approved':
      return (
        <Notice look="info" icon={ShieldCheck} title={t('sql.stands.approved', { name })}>
          <p>{next}</p>
          {said}
        </Notice>
      )
    case 'refused':
      return (
        <Notice look="danger" icon={CircleX} title={t('sql.stands.refused', { name })}>
          {said}
        </Notice>
      )
    case 'withdrawn':
    case 'lapsed':
      return <Notice look="neutral" icon={CircleSlash} title={t(`sql.stands.${state}`)} />
  }
}
