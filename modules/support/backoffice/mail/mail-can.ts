import type { ReceivedMailRow } from '#contract/support'

type May = (permission: string) => boolean
type Standing = Pick<ReceivedMailRow, 'state' | 'why'>

/** What may be decided on a mail: what stands in a ticket stays there. */
export const mailCan = {
  file: ({ state }: Standing, may: May) => state !== 'filed' && may('tickets.write'),
  discard: ({ state }: Standing, may: May) => state === 'to_confirm' && may('tickets.write'),
  restore: ({ state }: Standing, may: May) => state === 'discarded' && may('tickets.write'),
}
