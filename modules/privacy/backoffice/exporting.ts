import { useState } from 'react'
import { listPrivacyRequests, type PrivacyRequestRow } from '#contract/privacy'
import { call } from '#platform/ui/call.ts'
import { csvFile } from '#platform/ui/csv-file.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import type { Formats } from '#platform/ui/formats.ts'
import { type Translate, useFormats, useMessages } from '#platform/ui/messages.tsx'
import { saveFile } from '#platform/ui/save-file.ts'
import { notify } from '#platform/ui/toast.tsx'
import type { RequestFilters } from './addresses.ts'

/** Exactly the list in sight, as a file: what an authority that inspects asks for. */
export function useRegisterExport(filters: RequestFilters): { start: () => void; running: boolean } {
  const t = useMessages()
  const formats = useFormats()
  const [running, setRunning] = useState(false)
  const write = async () => {
    const requests = await everyRequest(filters)
    const lines = requests.map((request) => cells(request, t, formats))
    saveFile(csvFile([headings(t), ...lines]), t('privacy.export.file'))
  }
  const start = () => {
    setRunning(true)
    write()
      .catch((error: unknown) => notify.failed({ title: sentenceOf(error, t) }))
      .finally(() => setRunning(false))
  }
  return { start, running }
}

async function everyRequest(filters: RequestFilters): Promise<PrivacyRequestRow[]> {
  const requests: PrivacyRequestRow[] = []
  for (let after: string | undefined; ;) {
    const page = await call(listPrivacyRequests, { query: { ...filters, limit: 200, after } })
    requests.push(...page.rows)
    if (page.next === null) return requests
    after = page.next
  }
}

const headings = (t: Translate) => [
  t('privacy.export.number'),
  t('privacy.person'),
  t('privacy.fact.email'),
  t('privacy.kind'),
  t('privacy.form.channel'),
  t('privacy.state'),
  t('privacy.received'),
  t('privacy.due'),
  t('privacy.export.answered-on'),
  t('privacy.answer.outcome'),
]

const cells = (request: PrivacyRequestRow, t: Translate, formats: Formats) => [
  String(request.number),
  request.person.name,
  request.person.email ?? '',
  t(`privacy.kind.${request.kind}`),
  t(`privacy.channel.${request.channel}`),
  t(`privacy.state.${request.state}`),
  formats.day(request.receivedOn),
  formats.day(request.dueOn),
  request.answeredOn ? formats.day(request.answeredOn) : '',
  request.outcome ? t(`privacy.outcome.${request.outcome}`) : '',
]
