import { UserRoundCog } from 'lucide-react'
import { useState } from 'react'
import { listMembers } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { AskDialog } from './ask-dialog.tsx'

/** On a practice's card, a client's page say: standing in for one of those who work there. */
export function OfTenant({ id }: CardProps) {
  const t = useMessages()
  const [open, setOpen] = useState(false)
  const { data } = useEndpoint(listMembers, { params: { id } })
  const [first, ...others] = (data?.rows ?? [])
    .filter(({ state }) => state === 'active')
    .map(({ firstName, lastName, ...member }) => ({
      id: member.id,
      name: `${firstName} ${lastName}`.trim(),
      profile: member.profile,
    }))
  if (!first) return null
  return (
    <p>
      <Button size="small" icon={UserRoundCog} onClick={() => setOpen(true)}>
        {others.length > 0
          ? t('impersonation.take.practice')
          : t('impersonation.take.of', { name: first.name })}
      </Button>
      {open && <AskDialog members={[first, ...others]} onClose={() => setOpen(false)} />}
    </p>
  )
}
