import { Hourglass, Play } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#platform/ui/button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import type { ShownTicket } from './use-adopt.ts'
import type { TicketActs } from './use-ticket-acts.ts'

/** Whether the customer is waited for, and for what: meanwhile the clocks stand still. */
export function WaitingField({ ticket, acts }: { ticket: ShownTicket; acts: TicketActs }) {
  const t = useMessages()
  const [why, setWhy] = useState<string | null>(null)
  if (ticket.waiting) {
    const set = ticket.events.findLast(({ kind }) => kind === 'waiting_set')
    const reason = typeof set?.data['why'] === 'string' ? set.data['why'] : ''
    return (
      <div className="flex flex-col items-start gap-1.5">
        <p>
          {set
            ? t('support.waiting.since', { name: set.actor, why: reason, said: reason ? 'yes' : 'no' })
            : t('support.waiting')}
        </p>
        <Button size="small" icon={Play} onClick={acts.waitNoLonger}>
          {t('support.waiting.end')}
        </Button>
      </div>
    )
  }
  if (why === null)
    return (
      <Button size="small" icon={Hourglass} onClick={() => setWhy('')}>
        {t('support.waiting.begin')}
      </Button>
    )
  const begin = () => {
    acts.wait(why)
    setWhy(null)
  }
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault()
        begin()
      }}
    >
      <Input
        aria-label={t('support.waiting.why')}
        placeholder={t('support.waiting.why')}
        maxLength={200}
        // One opened it to say this.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={why}
        onChange={setWhy}
        onKeyDown={(event) => event.key === 'Escape' && setWhy(null)}
      />
      <span className="flex flex-wrap gap-1.5">
        <Button size="small" icon={Hourglass} type="submit">
          {t('support.waiting.begin')}
        </Button>
        <Button size="small" variant="ghost" onClick={() => setWhy(null)}>
          {t('ui.cancel')}
        </Button>
      </span>
    </form>
  )
}
