import { Download } from 'lucide-react'
import { useState } from 'react'
import { getAccess, getAccessProof } from '#contract/impersonation'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { PageSkeleton } from '#platform/ui/page-skeleton.tsx'
import { saveFile } from '#platform/ui/save-file.ts'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { AccessActs } from './access-acts.tsx'
import { AccessFacts } from './access-facts.tsx'
import { AccessBadges } from './access-words.tsx'
import { Steps } from './steps.tsx'

/** One of them: who, why, when, how long, and all that was seen and changed, in its order. */
export function AccessPage() {
  const t = useMessages()
  const id = usePathParam('id')
  const { data: access, error, refetch } = useEndpoint(getAccess, { params: { id } })
  if (error && !access) return <ErrorState error={error} onRetry={refetch} />
  if (!access) return <PageSkeleton />
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={t('impersonation.practice.access.of', { name: access.actor.name })}
        primary={<Proof id={id} askedAt={access.askedAt} />}
      >
        <p className="flex flex-wrap items-center gap-2 text-13">
          <span className="text-ink-muted">
            {t('impersonation.practice.as', { name: access.subject.name })}
          </span>
          <AccessBadges access={access} />
        </p>
      </PageHeader>
      <div className="flex flex-col gap-4">
        <AccessActs access={access} />
        <Card title={t('impersonation.practice.facts')}>
          <AccessFacts access={access} />
        </Card>
        <Card flush title={t('impersonation.practice.lines')}>
          <Steps access={access} />
        </Card>
      </div>
    </div>
  )
}

/** The lines and the log’s proofs of them, to be verified without us. */
function Proof({ id, askedAt }: { id: string; askedAt: string }) {
  const t = useMessages()
  const [preparing, setPreparing] = useState(false)
  async function download() {
    setPreparing(true)
    try {
      // Not by a plain link: what is refused is said here, in words.
      const reply = (await call(getAccessProof, { params: { id } })) as Response // a stream’s answer
      saveFile(await reply.blob(), `acces-${askedAt.slice(0, 10)}.zip`)
    } catch (error) {
      notify.failed({ title: sentenceOf(error, t) })
    }
    setPreparing(false)
  }
  return (
    <Button icon={Download} loading={preparing} onClick={() => void download()}>
      {t('impersonation.practice.proof')}
    </Button>
  )
}
