import { useMatches } from '@tanstack/react-router'
import type { Page } from '#platform/ui/manifest.ts'

/** The page on screen, and the parts of its path: null where there is none. */
export function useCurrentPage(): { page: Page; params: Record<string, string> } | null {
  const match = useMatches({ select: (matches) => matches.at(-1) })
  const page = match?.staticData.page
  return page ? { page, params: match.params } : null
}

/** `/clients/$id/edit` with its parts filled in. */
export function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}
