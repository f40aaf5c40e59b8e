import { FlaskConical, Send } from 'lucide-react'
import { useState } from 'react'
import type { SqlFleet } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Remaining, useSecondsLeft } from '../remaining.tsx'
import { sendTo } from '../fleet/addresses.ts'
import { AskFleetDialog } from './ask-fleet-dialog.tsx'
import { isOutOfReach } from './fleet-can.ts'

/** As long as the receipt of any simulation. */
const goodForMs = 10 * 60_000

/** From a simulation in many practices that is over, while it is young: the way to have it executed. An old one is made again. */
export function AskFleet({ fleet, endedAt }: { fleet: SqlFleet; endedAt: string }) {
  const t = useMessages()
  const [asking, setAsking] = useState(false)
  const seconds = useSecondsLeft(new Date(Date.parse(endedAt) + goodForMs).toISOString())
  // What nothing could bring back goes by a release.
  if (Object.values(fleet.effects).some(({ truncated, dropped }) => truncated || dropped))
    return <p className="max-w-64 text-12">{t('sql.release')}</p>
  if (fleet.practices.every(isOutOfReach)) return null
  if (seconds === 0 && !asking)
    return (
      <ButtonLink to={sendTo({ again: fleet.id })} variant="primary" icon={FlaskConical}>
        {t('sql.again')}
      </ButtonLink>
    )
  return (
    <>
      <Remaining seconds={seconds} />
      <Button variant="primary" icon={Send} onClick={() => setAsking(true)}>
        {t('sql.ask')}
      </Button>
      {asking && <AskFleetDialog fleet={fleet} onClose={() => setAsking(false)} />}
    </>
  )
}
