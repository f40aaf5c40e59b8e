import { Send } from 'lucide-react'
import { useState } from 'react'
import type { SqlRun } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { Remaining, useSecondsLeft } from '../remaining.tsx'
import { AskDialog } from './ask-dialog.tsx'

/** From a simulation that changes something, while its receipt holds: the way to have it executed. */
export function AskExecution({ run }: { run: SqlRun }) {
  const t = useMessages()
  const may = useMay()
  const { id } = useSession()
  const { receipt } = run
  // What nothing could bring back goes by a release; so does what changes the schema, with all that stands beside it.
  if (run.report?.schemaChanges.length)
    return receipt?.writes ? <p className="max-w-64 text-12">{t('sql.release.schema')}</p> : null
  if (Object.values(run.effects).some(({ truncated, dropped }) => truncated || dropped))
    return <p className="max-w-64 text-12">{t('sql.release')}</p>
  if (!receipt?.writes || receipt.used || run.by.id !== id || !may('sql.execute')) return null
  return <Ask run={run} until={receipt.until} />
}

function Ask({ run, until }: { run: SqlRun; until: string }) {
  const t = useMessages()
  const [asking, setAsking] = useState(false)
  const seconds = useSecondsLeft(until)
  return (
    <>
      <Remaining seconds={seconds} />
      <Button variant="primary" icon={Send} disabled={seconds === 0} onClick={() => setAsking(true)}>
        {t('sql.ask')}
      </Button>
      {asking && <AskDialog run={run} onClose={() => setAsking(false)} />}
    </>
  )
}
