import type { Ticket, TicketRow } from '#contract/support'

type May = (permission: string) => boolean
type Standing = Pick<TicketRow, 'status' | 'waiting' | 'assignee'>

/** What may be done with a ticket, for menus, bars and pages alike: what may not be done is not shown. */
export const ticketCan = {
  change: (may: May) => may('tickets.write'),
  /** It lives in no other and lies in no trash. */
  stand: ({ mergedInto, trashedAt }: Pick<Ticket, 'mergedInto' | 'trashedAt'>) =>
    mergedInto === null && trashedAt === null,
  take: ({ assignee }: Standing, me: string, may: May) => assignee?.id !== me && may('tickets.write'),
  resolve: ({ status }: Standing, may: May) => status !== 'resolved' && may('tickets.write'),
  reopen: ({ status }: Standing, may: May) => status === 'resolved' && may('tickets.write'),
  wait: ({ status }: Standing, may: May) => status !== 'resolved' && may('tickets.write'),
}
