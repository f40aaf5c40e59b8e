import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

export const viewNameTaken = refusal('view_name_taken', 409)
export const viewLimitReached = refusal('view_limit_reached', 422)

/** At most this many views a person keeps on one page. */
export const viewLimit = 50

const Page = z.string().regex(/^[a-z][a-z-]{0,39}$/)

/** The parameters of a list's address. */
const ViewQuery = z
  .record(z.string().regex(/^[a-zA-Z]{1,40}$/), line(1_000))
  .refine((query) => Object.keys(query).length <= 30)

/** A list's filters and sort under a name, kept by one person for herself. */
export const SavedView = z.object({
  id: Id,
  page: z.string(),
  name: z.string(),
  query: z.record(z.string(), z.string()),
})
export type SavedView = z.infer<typeof SavedView>

const ViewBody = z.object({ name: line(60).min(1), query: ViewQuery })

export const listSavedViews = endpoint({
  method: 'GET',
  path: '/saved-views',
  realm: 'staff',
  may: 'signed_in',
  summary: 'Your saved views of a page, by name',
  input: { query: z.object({ page: Page }) },
  output: z.object({ rows: z.array(SavedView) }),
  refreshedBy: ['saved-views'],
})

export const saveView = endpoint({
  method: 'POST',
  path: '/saved-views',
  realm: 'staff',
  may: 'signed_in',
  records: 'saved_view.created',
  stepUp: false,
  summary: 'Keeps filters and sort under a name',
  input: { body: ViewBody.extend({ page: Page }) },
  output: SavedView,
  status: 201,
  refusals: [viewNameTaken, viewLimitReached],
  touches: ['saved-views'],
})

export const replaceView = endpoint({
  method: 'PUT',
  path: '/saved-views/:id',
  realm: 'staff',
  may: 'signed_in',
  records: 'saved_view.replaced',
  stepUp: false,
  summary: 'Renames one of your views or gives it other filters',
  input: { params: z.object({ id: Id }), body: ViewBody },
  output: SavedView,
  refusals: [viewNameTaken],
  touches: ['saved-views'],
})

export const deleteView = endpoint({
  method: 'DELETE',
  path: '/saved-views/:id',
  realm: 'staff',
  may: 'signed_in',
  records: 'saved_view.deleted',
  stepUp: false,
  summary: 'Forgets one of your views',
  input: { params: z.object({ id: Id }) },
  output: z.undefined(),
  status: 204,
  touches: ['saved-views'],
})
