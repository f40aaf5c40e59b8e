import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { SqlRun } from '#contract/sql-console'
import { useMessages } from '#platform/ui/messages.tsx'
import { Notice } from '../report/notice.tsx'
import type { ShownRequest } from './request-page.tsx'

/** Whether it would still do what was approved. */
export function SimulatedAgain({ request, run }: { request: ShownRequest; run: SqlRun }) {
  const t = useMessages()
  if (run.receipt?.digest === request.receipt)
    return (
      <Notice look="success" icon={CircleCheck} title={t('sql.again.same')} live>
        <p>{t('sql.again.same.help')}</p>
      </Notice>
    )
  return (
    <Notice look="danger" icon={TriangleAlert} title={t('sql.again.other')} live>
      <p>{t('sql.again.other.help')}</p>
    </Notice>
  )
}
