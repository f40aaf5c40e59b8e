import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useShownTitle } from '#platform/ui/page-title.tsx'
import { keep, kept } from '#platform/ui/preferences.ts'
import { useSession } from '#platform/ui/session.tsx'

export type RecentPage = { to: string; title: string }

const MOST = 8

/** Pages opened last, newest first; each person's own, even on a shared computer. */
export function recentPages(person: string): RecentPage[] {
  try {
    const read: unknown = JSON.parse(kept(`recent.${person}`) ?? '[]')
    return Array.isArray(read) ? read.filter(isRecentPage) : []
  } catch {
    return []
  }
}

export function useRecentPages(): void {
  const { id } = useSession()
  const title = useShownTitle()
  const to = useLocation({ select: ({ pathname }) => pathname })
  useEffect(() => {
    if (!title || to === '/') return
    const others = recentPages(id).filter((page) => page.to !== to)
    keep(`recent.${id}`, JSON.stringify([{ to, title }, ...others].slice(0, MOST)))
  }, [id, title, to])
}

function isRecentPage(value: unknown): value is RecentPage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'to' in value &&
    typeof value.to === 'string' &&
    value.to.startsWith('/') &&
    'title' in value &&
    typeof value.title === 'string'
  )
}
