import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id } from '#platform/contract/ids.ts'
import { Cents } from '#platform/contract/money.ts'
import { pageOf, pageQuery } from '#platform/contract/page.ts'
import { refusal } from '#platform/contract/refusal.ts'
import { Client, ClientChanges, ClientRow, ClientStatus, NewClient } from './contract/client.ts'
import { bulkLimit, ClientFilter, ClientSelection, ClientSort } from './contract/filter.ts'
import { TimelineEntry } from './contract/timeline.ts'

export * from './contract/client.ts'
export * from './contract/departments.ts'
export * from '#platform/contract/emails.ts'
export * from './contract/filter.ts'
export * from './contract/importing.ts'
export * from '#platform/contract/phones.ts'
export * from './contract/saved-views.ts'
export * from './contract/timeline.ts'

export const permissions = [
  'clients.read',
  'clients.write',
  'clients.trash',
  'clients.import',
  'clients.export',
] as const
/** Permissions that may be held within limits: departments, some clients, one's own. All others hold everywhere. */
export const limitable = ['clients.read', 'clients.write', 'clients.trash', 'clients.export'] as const
export type Limitable = (typeof limitable)[number]
export const topics = { clients: 'clients.read', 'saved-views': 'signed_in' } as const

export const clientEmailTaken = refusal('client_email_taken', 409)
export const clientChanged = refusal('client_changed', 409)
export const clientInTrash = refusal('client_in_trash', 409)
export const clientNotInTrash = refusal('client_not_in_trash', 409)
export const tooManyClients = refusal('too_many_clients', 422)
/** No field could be mended: a role that is limited to certain clients adds none. */
export const clientOutsideLimits = refusal('client_outside_limits', 422)

const one = z.object({ id: Id })
/** Some clients, and the status each had. */
const ByStatus = z.array(z.strictObject({ previous: ClientStatus, ids: z.array(Id).min(1).max(bulkLimit) }))

export const ClientTotals = z.object({
  /** Of the four statuses, without the trash. */
  total: z.int(),
  active: z.int(),
  prospect: z.int(),
  freemium: z.int(),
  excluded: z.int(),
  trashed: z.int(),
})
export type ClientTotals = z.infer<typeof ClientTotals>

export const listClients = endpoint({
  method: 'GET',
  path: '/clients',
  realm: 'staff',
  may: 'clients.read',
  summary: 'Clients, filtered and sorted',
  input: {
    query: z.object({
      ...ClientFilter.shape,
      sort: ClientSort.optional(),
      ...pageQuery,
      // A cursor holds the name it ended at.
      after: z.string().max(1_200).optional(),
    }),
  },
  output: pageOf(ClientRow).extend({
    /** What the whole list pays a month, excluding VAT, where a filter asks for subscriptions or for who pays; else null. */
    sums: z.object({ monthlyCents: Cents }).nullable(),
  }),
  refreshedBy: ['clients'],
})

export const clientTotals = endpoint({
  method: 'GET',
  path: '/clients/totals',
  realm: 'staff',
  may: 'clients.read',
  summary: 'How many clients there are by status, and in the trash',
  output: ClientTotals,
  refreshedBy: ['clients'],
})

export const getClient = endpoint({
  method: 'GET',
  path: '/clients/:id',
  realm: 'staff',
  may: 'clients.read',
  records: 'client.read',
  summary: 'A client, in the trash or not',
  input: { params: one },
  output: Client,
  refreshedBy: ['clients'],
})

export const AccountManager = z.object({
  id: Id,
  name: z.string(),
  /** Whether clients may be given to them; a suspended person may still have some. */
  active: z.boolean(),
})
export type AccountManager = z.infer<typeof AccountManager>

export const listAccountManagers = endpoint({
  method: 'GET',
  path: '/account-managers',
  realm: 'staff',
  may: 'clients.read',
  summary: 'Staff members who may look after clients, or still do, by name',
  output: z.object({ rows: z.array(AccountManager) }),
  refreshedBy: ['staff'],
})

/** For "previous" and "next" on a client's page: the filter and the sort of the list it was opened from. */
export const clientNeighbours = endpoint({
  method: 'GET',
  path: '/clients/:id/neighbours',
  realm: 'staff',
  may: 'clients.read',
  summary: 'Who stands before and after a client in a list',
  input: { params: one, query: z.object({ ...ClientFilter.shape, sort: ClientSort.optional() }) },
  output: z.object({
    previous: ClientRow.pick({ id: true, firstName: true, lastName: true }).nullable(),
    next: ClientRow.pick({ id: true, firstName: true, lastName: true }).nullable(),
  }),
  refreshedBy: ['clients'],
})

export const clientTimeline = endpoint({
  method: 'GET',
  path: '/clients/:id/timeline',
  realm: 'staff',
  may: 'clients.read',
  records: 'client.read',
  summary: 'What happened to a client, newest first; invoices and payments for who may read invoices',
  input: { params: one, query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }) },
  output: z.object({
    rows: z.array(TimelineEntry),
    /** Older entries exist: ask again with a larger limit. */
    more: z.boolean(),
  }),
  refreshedBy: ['clients'],
})

export const createClient = endpoint({
  method: 'POST',
  path: '/clients',
  realm: 'staff',
  may: 'clients.write',
  records: 'client.created',
  stepUp: false,
  summary: 'Adds a client',
  input: { body: NewClient },
  output: Client,
  status: 201,
  refusals: [clientEmailTaken, clientOutsideLimits],
  touches: ['clients'],
})

export const updateClient = endpoint({
  method: 'PATCH',
  path: '/clients/:id',
  realm: 'staff',
  may: 'clients.write',
  records: 'client.updated',
  stepUp: false,
  summary: 'Changes fields of a client, unless somebody else changed it meanwhile',
  input: { params: one, body: ClientChanges },
  output: Client,
  refusals: [clientChanged, clientEmailTaken, clientInTrash],
  touches: ['clients'],
})

/** `changed` is what `restoreStatuses` takes to undo it. */
export const changeStatuses = endpoint({
  method: 'POST',
  path: '/clients/status-changes',
  realm: 'staff',
  may: 'clients.write',
  records: 'client.status_changed',
  stepUp: false,
  summary: 'Gives several clients one status; those in the trash are left alone',
  input: { body: z.object({ clients: ClientSelection, status: ClientStatus }) },
  output: z.object({
    status: ClientStatus,
    changed: ByStatus,
    /** Had that status already, are in the trash, or do not exist. */
    unchanged: z.int(),
  }),
  refusals: [tooManyClients],
  touches: ['clients'],
})

export const restoreStatuses = endpoint({
  method: 'POST',
  path: '/clients/status-restorations',
  realm: 'staff',
  may: 'clients.write',
  records: 'client.status_restored',
  stepUp: false,
  summary:
    'Gives clients the status back that a bulk change took, unless somebody gave them another one since',
  input: {
    body: z.object({
      /** The status the bulk change gave. */
      status: ClientStatus,
      changed: ByStatus.min(1).max(4),
    }),
  },
  output: z.object({ restored: z.int(), left: z.int() }),
  touches: ['clients'],
})

export const trashClient = endpoint({
  method: 'POST',
  path: '/clients/:id/trashing',
  realm: 'staff',
  may: 'clients.trash',
  records: 'client.trashed',
  stepUp: false,
  summary: 'Puts a client in the trash',
  input: { params: one },
  output: Client,
  refusals: [clientInTrash],
  touches: ['clients'],
})

export const restoreClient = endpoint({
  method: 'DELETE',
  path: '/clients/:id/trashing',
  realm: 'staff',
  may: 'clients.trash',
  records: 'client.restored',
  stepUp: false,
  summary: 'Takes a client out of the trash, as it was',
  input: { params: one },
  output: Client,
  refusals: [clientNotInTrash],
  touches: ['clients'],
})

/** `ids` are those that were not in the trash before: what `restoreClients` takes to undo it. */
export const trashClients = endpoint({
  method: 'POST',
  path: '/clients/trashing',
  realm: 'staff',
  may: 'clients.trash',
  records: 'client.trashed',
  stepUp: false,
  summary: 'Puts several clients in the trash',
  input: { body: z.object({ clients: ClientSelection }) },
  output: z.object({ ids: z.array(Id) }),
  refusals: [tooManyClients],
  touches: ['clients'],
})

/** A filter chooses among the clients in the trash. */
export const restoreClients = endpoint({
  method: 'POST',
  path: '/clients/restorations',
  realm: 'staff',
  may: 'clients.trash',
  records: 'client.restored',
  stepUp: false,
  summary: 'Takes several clients out of the trash',
  input: { body: z.object({ clients: ClientSelection }) },
  output: z.object({ ids: z.array(Id) }),
  refusals: [tooManyClients],
  touches: ['clients'],
})

export const exportFormats = ['csv', 'xlsx'] as const

export const exportJobKind = 'client-export'

/** What ends the job; the file is there for `downloadFile`. */
export const ClientExportOutcome = z.object({
  fileId: Id,
  rows: z.int(),
  format: z.enum(exportFormats),
})
export type ClientExportOutcome = z.infer<typeof ClientExportOutcome>

export const startClientExport = endpoint({
  method: 'POST',
  path: '/clients/exports',
  realm: 'staff',
  may: 'clients.export',
  records: 'client.export_requested',
  stepUp: false,
  summary: 'Writes exactly the filtered list, in its order, to a file: a job with progress',
  input: {
    body: z.object({
      format: z.enum(exportFormats),
      filter: ClientFilter.default({}),
      sort: ClientSort.optional(),
    }),
  },
  output: z.object({ jobId: Id }),
  status: 202,
})
