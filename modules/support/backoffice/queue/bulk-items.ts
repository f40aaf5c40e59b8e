/** All that can be done to tickets of a list, as items of a menu: to those that are selected, or to one. */
import { AlarmClock, CircleCheckBig, Mail, MailOpen, RotateCcw, Trash2, UserRoundCheck } from 'lucide-react'
import { priorities, type Queue, type TicketRow } from '#contract/support'
import type { MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useMay, useSession } from '#platform/ui/session.tsx'
import { useTicketChoices } from '../choices.ts'
import { inAWeek, monday, tomorrow } from '../ticket/snooze-times.ts'
import { ticketCan } from '../ticket-can.ts'
import type { BulkActs } from './bulk-acts.ts'

/** @param onDone once it is done: what was selected is so no more */
export function useBulkItems(acts: BulkActs, queue: Queue, onDone: () => void = () => undefined) {
  const t = useMessages()
  const may = useMay()
  const me = useSession().id
  const { agents, teams, tags } = useTicketChoices()

  return (chosen: readonly TicketRow[]) => {
    const then = (work: () => Promise<unknown>) => () => void work().then(onDone)
    const change = (fields: Parameters<BulkActs['change']>[1]) => then(() => acts.change(chosen, fields))
    const toTake = chosen.filter((ticket) => ticketCan.take(ticket, me, may))
    const toResolve = chosen.filter((ticket) => ticketCan.resolve(ticket, may))
    const unread = chosen.filter((ticket) => ticket.unread)
    const read = chosen.filter((ticket) => !ticket.unread)
    if (queue === 'trash')
      return {
        first: ticketCan.change(may)
          ? [
              {
                label: t('support.bulk.restore'),
                icon: RotateCcw,
                onSelect: then(() => acts.restore(chosen)),
              },
            ]
          : [],
        assign: [],
        priority: [],
        more: [],
      }
    const first: MenuItem[] = [
      ...(toTake.length > 0
        ? [{ label: t('support.bulk.take'), icon: UserRoundCheck, onSelect: then(() => acts.take(toTake)) }]
        : []),
      ...(toResolve.length > 0
        ? [
            {
              label: t('support.bulk.resolve'),
              icon: CircleCheckBig,
              onSelect: then(() => acts.resolve(toResolve)),
            },
          ]
        : []),
    ]
    const marks: MenuItem[] = [
      ...(unread.length > 0
        ? [{ label: t('support.bulk.read'), icon: MailOpen, onSelect: then(() => acts.mark(unread, true)) }]
        : []),
      ...(read.length > 0
        ? [{ label: t('support.bulk.unread'), icon: Mail, onSelect: then(() => acts.mark(read, false)) }]
        : []),
    ]
    if (!ticketCan.change(may)) return { first, assign: [], priority: [], more: marks }
    const off = (label: string, until: (now: Date) => Date): MenuItem => ({
      label,
      icon: AlarmClock,
      group: t('support.snooze'),
      onSelect: then(() => acts.snooze(toResolve, until(new Date()))),
    })
    return {
      first,
      assign: [
        { label: t('support.nobody'), onSelect: change({ assigneeId: null }) },
        ...agents.map(({ id, name }) => ({ label: name, onSelect: change({ assigneeId: id }) })),
      ].map((item) => ({ ...item, group: t('support.bulk.assign') })),
      priority: priorities.toReversed().map((priority) => ({
        label: t(`support.priority.${priority}`),
        group: t('support.column.priority'),
        onSelect: change({ priority }),
      })),
      more: [
        ...marks,
        ...(toResolve.length > 0
          ? [
              off(t('support.snooze.tomorrow'), tomorrow),
              off(t('support.snooze.monday'), monday),
              off(t('support.snooze.week'), inAWeek),
            ]
          : []),
        ...teams.map(({ id, name }) => ({
          label: name,
          group: t('support.column.team'),
          onSelect: change({ teamId: id }),
        })),
        ...tags.map((tag) => ({
          label: tag,
          group: t('support.tag.add'),
          onSelect: change({ tag }),
        })),
        {
          label: t('support.bulk.trash'),
          icon: Trash2,
          group: ' ',
          onSelect: then(() => acts.trash(chosen)),
        },
      ] satisfies MenuItem[],
    }
  }
}
