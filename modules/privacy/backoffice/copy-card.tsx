import { FileDown } from 'lucide-react'
import { useId, useState } from 'react'
import { prepareCopy, type PrivacyRequest } from '#contract/privacy'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { FileWatch, type FileWatchWords } from '#platform/ui/file-watch.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { copyWaitsFor } from './request-can.ts'

/** What is said of a copy as it comes: it is prepared in a moment. */
const copyWords: FileWatchWords = {
  done: 'privacy.copy.done',
  again: 'privacy.copy.again',
  failed: 'privacy.copy.failed',
}

/** The person's data as a file; the one who prepares it hands it over. What it waits for is said. */
export function CopyCard({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  const why = useId()
  const waitsFor = copyWaitsFor(request)
  const [job, setJob] = useState<string | null>(null)
  const prepare = useEndpoint(prepareCopy, {
    onSuccess: ({ jobId }) => setJob(jobId),
    onError: (error) => {
      if (error.code !== 'step_up_required') notify.failed({ title: sentenceOf(error, t) })
    },
  })
  return (
    <Card title={t('privacy.card.copy')}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          icon={FileDown}
          disabled={waitsFor !== null}
          aria-describedby={why}
          loading={prepare.isPending || job !== null}
          onClick={() => prepare.mutate({ params: { id: request.id } })}
        >
          {t('privacy.copy')}
        </Button>
        <p id={why} className={waitsFor ? 'min-w-0 flex-1 basis-60 text-13 text-warning-ink' : 'sr-only'}>
          {waitsFor && t(`privacy.copy.waits.${waitsFor}`)}
        </p>
      </div>
      <p className="mt-2 text-12 text-ink-muted">{t('privacy.copy.help')}</p>
      {job && <FileWatch key={job} job={job} words={copyWords} onEnd={() => setJob(null)} />}
    </Card>
  )
}
