import { endOtherSessions, listOwnSessions } from '#contract/identity'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Says that a factor changed, and offers to close the sessions opened by what held before (ASVS 7.4.3). */
export function useFactorChanged(): (title: string) => void {
  const t = useMessages()
  const sessions = useEndpoint(listOwnSessions)
  const end = useEndpoint(endOtherSessions, {
    onSuccess: ({ ended }) => notify.done({ title: t('identity.account.sessions.ended', { count: ended }) }),
  })
  const others = sessions.data?.rows.some(({ current }) => !current) ?? false
  return (title) =>
    notify.done({
      title,
      ...(others && {
        action: { label: t('identity.account.sessions.end-others'), onSelect: () => end.mutate({}) },
      }),
    })
}
