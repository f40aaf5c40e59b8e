import { AlarmClock } from 'lucide-react'
import { useState } from 'react'
import type { Ticket } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Dialog } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { dayOf, inAWeek, monday, onDay, tomorrow } from './snooze-times.ts'
import type { TicketActs } from './use-ticket-acts.ts'

/** Puts a ticket off: it leaves the queues until then, and its clocks run on. */
export function SnoozeMenu({ ticket, acts }: { ticket: Ticket; acts: TicketActs }) {
  const t = useMessages()
  const [day, setDay] = useState<string | null>(null)
  const [now] = useState(() => new Date())
  const close = () => setDay(null)
  const group = t('support.snooze.until')
  return (
    <>
      <Menu
        align="end"
        items={[
          { label: t('support.snooze.tomorrow'), group, onSelect: () => acts.snooze(tomorrow(new Date())) },
          { label: t('support.snooze.monday'), group, onSelect: () => acts.snooze(monday(new Date())) },
          { label: t('support.snooze.week'), group, onSelect: () => acts.snooze(inAWeek(new Date())) },
          { label: t('support.snooze.day'), group, onSelect: () => setDay(dayOf(inAWeek(new Date()))) },
          ...(ticket.snoozedUntil
            ? [{ label: t('support.snooze.end'), group: ' ', onSelect: () => acts.snooze(null) }]
            : []),
        ]}
        trigger={<IconButton icon={AlarmClock} label={t('support.snooze')} variant="secondary" />}
      />
      <Dialog
        open={day !== null}
        onOpenChange={(open) => !open && close()}
        title={t('support.snooze.day.title')}
        description={t('support.snooze.help')}
        footer={
          <>
            <Button onClick={close}>{t('ui.cancel')}</Button>
            <Button
              variant="primary"
              disabled={!day}
              onClick={() => {
                if (day) acts.snooze(onDay(day))
                close()
              }}
            >
              {t('support.snooze')}
            </Button>
          </>
        }
      >
        <Field label={t('support.snooze.on')}>
          <Input
            type="date"
            min={dayOf(tomorrow(now))}
            max={dayOf(new Date(now.getFullYear() + 1, now.getMonth(), now.getDate() - 1))}
            value={day ?? ''}
            onChange={setDay}
          />
        </Field>
      </Dialog>
    </>
  )
}
