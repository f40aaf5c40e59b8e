import { useQuery } from '@tanstack/react-query'
import { openMemberLink } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import type { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { useLinkToken } from '#platform/ui/link-token.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { BarePage } from './bare-page.tsx'
import { ChoosePassword } from './choose-password.tsx'
import { LinkGone } from './link-gone.tsx'

/** Where every mailed link leads: what it is for is asked of the server, which knows the token. */
export function LinkPage() {
  const token = useLinkToken()
  const { data, error, refetch } = useQuery<OutputOf<typeof openMemberLink>, ApiError>({
    queryKey: [openMemberLink.path, token],
    queryFn: ({ signal }) => call(openMemberLink, { body: { token: token ?? '' } }, signal),
    enabled: token !== null,
    // Asked once: the page goes by what it was told until it is left.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <BarePage>
      {token === null || (error && error.status >= 400 && error.status < 500 && error.status !== 429) ? (
        <LinkGone incomplete={token === null} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data ? (
        <ChoosePassword key={token} link={{ ...data, token }} />
      ) : (
        <div className="flex flex-col gap-5">
          <Skeleton width={200} height={20} />
          <Skeleton width={320} />
          <Skeleton height={32} width="100%" />
        </div>
      )}
    </BarePage>
  )
}
