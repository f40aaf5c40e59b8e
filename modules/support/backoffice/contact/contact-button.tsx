/** « Contacter », on a client's own page. */
import { MailPlus } from 'lucide-react'
import { getClient } from '#contract/clients'
import type { CardProps } from '#platform/ui/cards.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { ButtonLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { contactTo } from './addresses.ts'

export function ContactButton({ id }: CardProps) {
  const t = useMessages()
  const { data } = useEndpoint(getClient, { params: { id } })
  if (!data || data.trashedAt) return null
  return (
    <ButtonLink to={contactTo({ clientId: id })} icon={MailPlus}>
      {t('support.contact')}
    </ButtonLink>
  )
}
