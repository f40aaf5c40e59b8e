import { useQueryClient } from '@tanstack/react-query'
import { type MemberMe, switchPractice } from '#contract/identity'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { isSwitching } from './switching.ts'

/** Says that the session went elsewhere, above whatever one was at: that is kept, and one can go back to it. */
export function Moved({ from, to }: { from: MemberMe; to: MemberMe }) {
  const t = useMessages()
  const queries = useQueryClient()
  const isSomebodyElse = from.email !== to.email
  // Behind this are answers and refusals that were asked meanwhile.
  const back = useEndpoint(switchPractice, { onSuccess: () => void queries.invalidateQueries() })
  const goBack = () => !back.isPending && back.mutate({ body: { memberId: from.memberId } })
  const stay = () => location.assign('/')
  if (isSwitching()) return null
  return (
    <Dialog
      open
      // To close this is to stay with what one was at.
      onOpenChange={(open) => !open && (isSomebodyElse ? stay() : goBack())}
      title={t(isSomebodyElse ? 'identity.moved.person' : 'identity.moved', {
        name: to.practice,
        person: to.name,
      })}
      description={t(isSomebodyElse ? 'identity.moved.person.help' : 'identity.moved.help', {
        name: from.practice,
      })}
      footer={
        <>
          {!isSomebodyElse && (
            <Button loading={back.isPending} onClick={goBack}>
              {t('identity.moved.back', { name: from.practice })}
            </Button>
          )}
          <Button variant="primary" onClick={stay}>
            {t('identity.moved.stay', { name: to.practice })}
          </Button>
        </>
      }
    >
      {back.error && <Problem>{sentenceOf(back.error, t)}</Problem>}
    </Dialog>
  )
}
