import { CircleCheckBig, MailOpen, UserRoundCheck } from 'lucide-react'
import type { TicketRow } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { ticketCan } from '../ticket-can.ts'
import type { BulkAct, useBulkActs } from './bulk-acts.ts'

type BulkProps = {
  acts: ReturnType<typeof useBulkActs>
  chosen: readonly TicketRow[]
  onDone: () => void
}

/** What one may do with all that is selected; how far it is while it goes. */
export function BulkButtons({ acts, chosen, onDone }: BulkProps) {
  const t = useMessages()
  const may = useMay()
  const me = useSession().id
  if (acts.run)
    return (
      <div className="w-56">
        <Progress label={t(`support.bulk.${acts.run.act}`)} done={acts.run.done} total={acts.run.total} />
      </div>
    )
  const start = (act: BulkAct, tickets: readonly TicketRow[]) => () => {
    void acts.start(act, tickets).then(onDone)
  }
  const toTake = chosen.filter((ticket) => ticketCan.take(ticket, me, may))
  const toResolve = chosen.filter((ticket) => ticketCan.resolve(ticket, may))
  return (
    <>
      {toTake.length > 0 && (
        <Button icon={UserRoundCheck} onClick={start('take', toTake)}>
          {t('support.bulk.take')}
        </Button>
      )}
      {toResolve.length > 0 && (
        <Button icon={CircleCheckBig} onClick={start('resolve', toResolve)}>
          {t('support.bulk.resolve')}
        </Button>
      )}
      <Button icon={MailOpen} onClick={start('unread', chosen)}>
        {t('support.bulk.unread')}
      </Button>
    </>
  )
}
