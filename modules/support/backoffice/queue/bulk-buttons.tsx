import { CircleCheckBig, MailOpen, RotateCcw, Trash2, UserRoundCheck } from 'lucide-react'
import type { Queue, TicketRow } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { ticketCan } from '../ticket-can.ts'
import type { BulkAct, useBulkActs } from './bulk-acts.ts'

type BulkProps = {
  acts: ReturnType<typeof useBulkActs>
  chosen: readonly TicketRow[]
  queue: Queue
  onDone: () => void
}

/** What one may do with all that is selected; how far it is while it goes. */
export function BulkButtons({ acts, chosen, queue, onDone }: BulkProps) {
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
  // What lies in the trash is fetched back, and nothing else is done with it.
  if (queue === 'trash')
    return (
      ticketCan.change(may) && (
        <Button icon={RotateCcw} onClick={start('restore', chosen)}>
          {t('support.bulk.restore')}
        </Button>
      )
    )
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
      {ticketCan.change(may) && (
        <Button icon={Trash2} onClick={start('trash', chosen)}>
          {t('support.bulk.trash')}
        </Button>
      )}
    </>
  )
}
