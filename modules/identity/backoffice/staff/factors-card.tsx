import { ShieldQuestionMark, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { StaffDetail } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { factorCount, heldFactors } from './factor-icons.tsx'
import { ResetDialog } from './reset-dialog.tsx'
import { useAsker } from './staff-acts.ts'
import { staffCan } from './staff-can.ts'

/** What somebody signs in with, and what can be done once it is lost. */
export function FactorsCard({ member }: { member: StaffDetail }) {
  const t = useMessages()
  const asker = useAsker()
  const [asking, setAsking] = useState(false)
  const held = heldFactors(member.factors, t)
  return (
    <Card title={t('identity.staff.factors')}>
      {held.length === 0 ? (
        <p className="text-13 text-ink-muted">{t('identity.staff.factors.none')}</p>
      ) : (
        <ul className="flex flex-col">
          {held.map(({ id, icon: Icon, words }) => (
            <li
              key={id}
              className="flex min-h-8 items-center gap-2 border-t border-line py-1.5 text-13 first:border-t-0"
            >
              <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
              {words}
            </li>
          ))}
        </ul>
      )}
      {factorCount(member.factors) === 1 && (
        <p className="mt-2 flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-12 text-warning-ink">
          <TriangleAlert aria-hidden size={14} className="mt-px shrink-0" />
          {t('identity.staff.factors.only-one', { codes: member.factors.recoveryCodesLeft })}
        </p>
      )}
      {staffCan.askFactorReset(member, asker, member.factorReset) && (
        <Button size="small" icon={ShieldQuestionMark} className="mt-3" onClick={() => setAsking(true)}>
          {t('identity.staff.reset.ask')}
        </Button>
      )}
      {asking && <ResetDialog member={member} onClose={() => setAsking(false)} />}
    </Card>
  )
}
