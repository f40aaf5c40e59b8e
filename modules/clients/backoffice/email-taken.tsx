import { clientEmailTaken, type EmailTakenDetails } from '#contract/clients'
import type { ApiError } from '#platform/ui/api-error.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { clientTo } from './addresses.ts'
import { spokenName } from './client-words.tsx'

/** Leads to whoever has the address already: often the very client one was about to add again. */
export function EmailTaken({ error }: { error: ApiError | null }) {
  const t = useMessages()
  if (error?.code !== clientEmailTaken.code || !error.details) return null
  const owner = error.details as EmailTakenDetails // as the contract says of this refusal
  return (
    <p className="text-13">
      {t.rich(owner.inTrash ? 'clients.email.taken.trash' : 'clients.email.taken', {
        name: (
          <TextLink key="owner" to={clientTo(owner.id)}>
            {spokenName(owner)}
          </TextLink>
        ),
      })}
    </p>
  )
}
