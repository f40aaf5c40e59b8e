/** What was seen and done, put together as whoever reads it thinks of it: page by page, and on each its looks in one. */
import type { Act } from '#contract/impersonation'

export type PageSeen = {
  page: string | null
  /** An act by itself, or looks that followed each other: a page asks for several answers. */
  parts: (Act | Act[])[]
}

/** In their order: going back to a page begins another part. */
export function pagesSeen(lines: readonly Act[]): PageSeen[] {
  const pages: PageSeen[] = []
  for (const act of lines) {
    const last = pages.at(-1)
    const page = last?.page === act.page ? last : { page: act.page, parts: [] }
    if (page !== last) pages.push(page)
    const before = page.parts.at(-1)
    if (!isBareLook(act)) page.parts.push(act)
    else if (Array.isArray(before)) before.push(act)
    else page.parts.push([act])
  }
  return pages
}

/** Of what has no verb of its own. */
const isBareLook = ({ verb }: Act) => verb === 'impersonation.seen'
