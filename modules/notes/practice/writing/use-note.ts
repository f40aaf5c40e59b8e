import { useQuery } from '@tanstack/react-query'
import { getNote, type Note } from '#contract/notes'
import { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { keyOf } from '#platform/ui/data.ts'
import type { Unsaved, UnsavedNotes } from '../device/unsaved.ts'
import { useUnsavedNotes } from '../device/use-unsaved-notes.ts'

const onceAVisit = {
  gcTime: 0,
  staleTime: 0,
  refetchOnMount: 'always',
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const

/**
 * A note as it stands when its page opens. It is asked for once, and asked again by each visit: what is being written must
 * not change under the hand, nor be begun from what another device has replaced since.
 */
export function useNote(id: string) {
  const asked = useQuery<Note, ApiError>({
    queryKey: keyOf(getNote, { params: { id } }),
    queryFn: ({ signal }) => call(getNote, { params: { id } }, signal),
    ...onceAVisit,
  })
  return { ...asked, data: asked.isFetchedAfterMount ? asked.data : undefined }
}

/** The same of a note that may not have been saved yet: null. */
export function useNoteIfAny(id: string, { enabled }: { enabled: boolean }) {
  return useQuery<Note | null, ApiError>({
    queryKey: [...keyOf(getNote, { params: { id } }), 'if any'],
    queryFn: ({ signal }) =>
      call(getNote, { params: { id } }, signal).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }),
    enabled,
    ...onceAVisit,
  })
}

export type OnDevice = { device: UnsavedNotes | null; unsaved: Unsaved | null }

/** What this device keeps of a note; undefined until that is known. */
export function useOnDevice(id: string): OnDevice | undefined {
  const device = useUnsavedNotes()
  const { data, isFetchedAfterMount } = useQuery({
    queryKey: ['unsaved note', id],
    queryFn: async (): Promise<OnDevice> => ({
      device: device ?? null,
      unsaved: (await device?.of(id).catch(() => undefined)) ?? null,
    }),
    enabled: device !== undefined,
    ...onceAVisit,
  })
  return isFetchedAfterMount ? data : undefined
}
