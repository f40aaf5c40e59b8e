import { useState } from 'react'
import { listPrivacyRequests, receivePrivacyRequest } from '#contract/privacy'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Form } from '#platform/ui/form.tsx'
import { TextLink, useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { registerTo, requestTo } from './addresses.ts'
import { bodyOf, missingIn, newDraft } from './request-draft.ts'
import { RequestFields } from './request-fields.tsx'
import { requestName } from './request-words.tsx'

/** Written down on the day it comes: the deadline runs from then, and is told before anything is saved. */
export function NewRequestPage() {
  const t = useMessages()
  const go = useGo()
  const [empty] = useState(newDraft)
  const [draft, setDraft] = useState(empty)
  const [tried, setTried] = useState(false)
  const missing = tried ? missingIn(draft) : []
  const receive = useEndpoint(receivePrivacyRequest, {
    onSuccess: ({ id, number }) => {
      notify.done({ title: t('privacy.form.created', { number: String(number) }) })
      go(requestTo(id), { replace: true })
    },
  })
  const save = () => {
    setTried(true)
    const [first] = missingIn(draft)
    if (first) document.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
    else receive.mutate({ body: bodyOf(draft) })
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('privacy.new')} />
      <Card>
        <Form
          submit={t('privacy.form.create')}
          saving={receive.isPending || receive.isSuccess}
          error={receive.error}
          dirty={JSON.stringify(draft) !== JSON.stringify(empty)}
          onSubmit={save}
          onCancel={() => go(registerTo())}
        >
          <RequestFields draft={draft} onChange={setDraft} missing={missing} />
          {draft.clientId && <AlreadyWaiting client={draft.clientId} />}
        </Form>
      </Card>
    </div>
  )
}

/** A letter that follows a mail is often the same request: it is answered once. */
function AlreadyWaiting({ client }: { client: string }) {
  const t = useMessages()
  const { data } = useEndpoint(listPrivacyRequests, { query: { client, limit: 20 } })
  const waiting = (data?.rows ?? []).filter(({ state }) => state !== 'answered')
  if (waiting.length === 0) return null
  return (
    <output className="rounded-control bg-info-soft px-3 py-2 text-13 text-info-ink">
      {t('privacy.form.waiting', { count: waiting.length })}{' '}
      {waiting.map((request) => (
        <TextLink key={request.id} to={requestTo(request.id)} className="mr-2">
          {`${requestName(request, t)} (${t(`privacy.kind.${request.kind}`)})`}
        </TextLink>
      ))}
    </output>
  )
}
