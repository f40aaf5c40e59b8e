import { ShieldCheck } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { AuditVerificationOutcome, startAuditVerification } from '#contract/audit'
import { getJob, type Job, listJobs } from '#platform/contract/jobs.ts'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { Progress } from '#platform/ui/progress.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** Has the whole log verified; one may leave and come back, it goes on. */
export function VerifyNow() {
  const t = useMessages()
  const [started, setStarted] = useState<string | null>(null)
  const { data: jobs } = useEndpoint(listJobs)
  const running = started ?? jobs?.rows.find(isUnderWay)?.id ?? null
  const start = useEndpoint(startAuditVerification, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
    onSuccess: ({ jobId }) => setStarted(jobId),
  })
  if (running) return <UnderWay key={running} id={running} onEnd={() => setStarted(null)} />
  return (
    <Button variant="primary" icon={ShieldCheck} loading={start.isPending} onClick={() => start.mutate({})}>
      {t('audit.verification.now')}
    </Button>
  )
}

const isUnderWay = ({ kind, state }: Job) =>
  kind === 'audit_verification' && (state === 'waiting' || state === 'running')

function UnderWay({ id, onEnd }: { id: string; onEnd: () => void }) {
  const t = useMessages()
  const { data: job } = useEndpoint(getJob, { params: { id } }, { every: 1000 })
  const state = job?.state
  const end = useEffectEvent(() => {
    const outcome = AuditVerificationOutcome.safeParse(job?.result).data
    if (!outcome) notify.failed({ title: t('audit.verification.failed') })
    else if (outcome.sound) notify.done({ title: t('audit.verification.sound', { count: outcome.entries }) })
    else notify.failed({ title: t('audit.verification.wrong', { count: outcome.findings }) })
    onEnd()
  })
  useEffect(() => {
    if (state === 'done' || state === 'failed') end()
  }, [state])
  return (
    <div className="w-64 max-w-full">
      <Progress label={t('audit.verification.running')} done={job?.done ?? 0} total={job?.total ?? null} />
    </div>
  )
}
