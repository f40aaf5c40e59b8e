import { useQuery } from '@tanstack/react-query'
import { openLink } from '#contract/identity'
import type { OutputOf } from '#platform/contract/endpoint.ts'
import type { ApiError } from '#platform/ui/api-error.ts'
import { call } from '#platform/ui/call.ts'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { BarePage } from '../bare-page.tsx'
import { ChoosePassword } from './choose-password.tsx'
import { EnrolAnew } from './enrol-anew.tsx'
import { LinkGone } from './link-gone.tsx'
import { useLinkToken } from '#platform/ui/link-token.ts'
import { RefuseReset } from './refuse-reset.tsx'

export type OpenedLink = OutputOf<typeof openLink> & { token: string }

/** Where every mailed link leads: what it is for is asked of the server, which knows the token. */
export function LinkPage() {
  const token = useLinkToken()
  const { data, error, refetch } = useQuery<OutputOf<typeof openLink>, ApiError>({
    queryKey: [openLink.path, token],
    queryFn: ({ signal }) => call(openLink, { body: { token: token ?? '' } }, signal),
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
        <Purpose key={token} link={{ ...data, token }} />
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

function Purpose({ link }: { link: OpenedLink }) {
  if (link.kind === 'factor_reset_refusal') return <RefuseReset link={link} />
  if (link.kind === 'factor_enrolment') return <EnrolAnew link={link} />
  return <ChoosePassword link={link} />
}
