/** Lines put together by the page they were seen on, in their order: going back to a page begins another part. */
import type { Act } from '#contract/impersonation'

export type PageSeen = { page: string | null; at: string; acts: Act[] }

export function pagesSeen(lines: readonly Act[]): PageSeen[] {
  const pages: PageSeen[] = []
  for (const act of lines) {
    const last = pages.at(-1)
    if (last && last.page === act.page) last.acts.push(act)
    else pages.push({ page: act.page, at: act.at, acts: [act] })
  }
  return pages
}
