import { ArrowLeft } from 'lucide-react'
import { Button } from '#platform/ui/button.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { useLeavingImpersonation } from './leaving.ts'

/** To the back-office, leaving nothing of it in this browser. */
export function WayBack() {
  const t = useMessages()
  const { leaving, leave, error } = useLeavingImpersonation()
  return (
    <div className="flex flex-col gap-3">
      {error && <Problem>{sentenceOf(error, t)}</Problem>}
      <div>
        <Button variant="primary" icon={ArrowLeft} loading={leaving} onClick={leave}>
          {t('impersonation.practice.back')}
        </Button>
      </div>
    </div>
  )
}
