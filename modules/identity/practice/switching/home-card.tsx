import { ArrowRight } from 'lucide-react'
import { getMemberSession, listOwnPractices } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useSwitching } from './switching.ts'

/** On the own page of somebody who works elsewhere as well: the practices they go to in the course of their day. */
export function OtherPractices() {
  const { data: me } = useEndpoint(getMemberSession)
  return me?.holder && me.practices > 1 ? <Ways /> : null
}

function Ways() {
  const t = useMessages()
  const { data } = useEndpoint(listOwnPractices)
  const switching = useSwitching((refused) => notify.failed({ title: sentenceOf(refused, t) }))
  const others = data?.rows.filter(({ state, current }) => state === 'open' && !current) ?? []
  if (others.length === 0) return null
  return (
    <Card
      title={t('identity.practices')}
      actions={<TextLink to="/practices">{t('identity.practices.accesses')}</TextLink>}
    >
      <ul className="flex flex-wrap gap-2">
        {others.map(({ memberId, name }) => (
          <li key={memberId} className="max-w-full">
            <Button
              icon={ArrowRight}
              loading={switching.going === memberId}
              onClick={() => switching.to(memberId)}
            >
              <span className="truncate">{name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
