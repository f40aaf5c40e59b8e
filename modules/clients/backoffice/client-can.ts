import type { ClientRow } from '#contract/clients'

type May = (permission: string) => boolean
type Standing = Pick<ClientRow, 'trashedAt'>

/** What may be done with a client, for menus, bars and pages alike: what may not be done is not shown. */
export const clientCan = {
  edit: ({ trashedAt }: Standing, may: May) => trashedAt === null && may('clients.write'),
  trash: ({ trashedAt }: Standing, may: May) => trashedAt === null && may('clients.trash'),
  restore: ({ trashedAt }: Standing, may: May) => trashedAt !== null && may('clients.trash'),
}
