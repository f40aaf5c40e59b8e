import { useQuery } from '@tanstack/react-query'
import { getDraftKey } from '#contract/notes'
import { useEndpoint } from '#platform/ui/data.ts'
import { useSession } from '#platform/ui/session.tsx'
import { openUnsavedNotes, type UnsavedNotes } from './unsaved.ts'

/**
 * What this device keeps for whoever is signed in; undefined while the key is on its way, null where the device keeps
 * nothing (a private window of some browsers). The key goes from memory when its person leaves, with all that was asked.
 */
export function useUnsavedNotes(): UnsavedNotes | null | undefined {
  const { id: memberId } = useSession()
  const { data: given, isError } = useEndpoint(getDraftKey)
  const { data } = useQuery({
    queryKey: ['unsaved notes', memberId],
    queryFn: () => (given ? openUnsavedNotes(memberId, given.key).catch(() => null) : null),
    enabled: given !== undefined,
    staleTime: Infinity,
  })
  return isError && !given ? null : data
}
