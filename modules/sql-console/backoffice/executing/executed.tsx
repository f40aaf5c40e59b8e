import { Undo2 } from 'lucide-react'
import type { FleetPractice, PracticeExecution } from '#contract/sql-console'
import { DateText } from '#platform/ui/date-text.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { requestTo } from '../addresses.ts'
import { WhatWent } from './amiss.tsx'

/** What became of it in one practice, and the way to its own execution: it is undone from there. */
export function Executed({ practice, execution }: { practice: FleetPractice; execution: PracticeExecution }) {
  const t = useMessages()
  const { state, wave, endedAt, requestId } = execution
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control bg-sunken px-3 py-2 text-13">
      <div className="min-w-0 flex-1 basis-52">
        <p>
          <span className="font-medium">{t(`sql.fleet.stand.${state}.said`)}</span>
          {' · '}
          {t(wave === 0 ? 'sql.fleet.wave.canary' : 'sql.fleet.wave', { n: wave + 1 })}
          {endedAt && (
            <>
              {' · '}
              <DateText value={endedAt} show="dayTime" />
            </>
          )}
        </p>
        <WhatWent practice={practice} />
      </div>
      {requestId && (
        <ButtonLink to={requestTo(requestId)} size="small" icon={Undo2}>
          {t(state === 'executed' ? 'sql.fleet.request.undo' : 'sql.fleet.request.see')}
        </ButtonLink>
      )}
    </div>
  )
}
