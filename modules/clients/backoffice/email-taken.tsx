import { clientEmailTaken, type EmailTakenDetails } from '#contract/clients'
import type { ApiError } from '#platform/ui/api-error.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { clientTo } from './addresses.ts'
import { spokenName } from './client-words.tsx'

/** Who has the address that was tried, unless that is somebody one may not see; null when that is not what went wrong. */
export function emailTakenBy(error: ApiError | null) {
  if (error?.code !== clientEmailTaken.code) return null
  return { sentence: error.message, owner: error.details as EmailTakenDetails | undefined } // as the contract says of this refusal
}

/** Leads to whoever has the address: often the very client one was about to add again. */
export function EmailOwner({ owner }: { owner: EmailTakenDetails }) {
  const t = useMessages()
  return <TextLink to={clientTo(owner.id)}>{t('clients.email.owner', { name: spokenName(owner) })}</TextLink>
}
