import { useState } from 'react'
import { correctPrivacyRequest, getPrivacyRequest, type PrivacyRequest } from '#contract/privacy'
import { Card } from '#platform/ui/card.tsx'
import { CardSkeletons } from '#platform/ui/card-skeletons.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Form } from '#platform/ui/form.tsx'
import { useGo, usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { requestTo } from './addresses.ts'
import { bodyOf, draftOf, missingIn } from './request-draft.ts'
import { RequestFields } from './request-fields.tsx'
import { RequestUnreadable } from './request-unreadable.tsx'

export function EditRequestPage() {
  const t = useMessages()
  const { data, error, refetch } = useEndpoint(getPrivacyRequest, { params: { id: usePathParam('id') } })
  if (data) return <Shown key={data.id} request={data} />
  if (error) return <RequestUnreadable error={error} retry={refetch} />
  return (
    <>
      <PageHeader title={t('privacy.edit')} />
      <CardSkeletons />
    </>
  )
}

function Shown({ request }: { request: PrivacyRequest }) {
  const t = useMessages()
  const go = useGo()
  const [before] = useState(() => draftOf(request))
  const [draft, setDraft] = useState(before)
  const [tried, setTried] = useState(false)
  const back = () => go(requestTo(request.id))
  const isChanged = JSON.stringify(draft) !== JSON.stringify(before)
  const save = useEndpoint(correctPrivacyRequest, {
    onSuccess: () => {
      notify.done({ title: t('privacy.edit.saved') })
      go(requestTo(request.id), { replace: true })
    },
  })
  const submit = () => {
    setTried(true)
    if (missingIn(draft).length > 0) return
    if (isChanged) save.mutate({ params: { id: request.id }, body: bodyOf(draft) })
    else back()
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('privacy.edit.title', { number: String(request.number) })}>
        <p className="text-13 text-ink-muted">{t('privacy.edit.help')}</p>
      </PageHeader>
      <Card>
        <Form
          submit={t('privacy.edit.save')}
          saving={save.isPending || save.isSuccess}
          error={save.error}
          dirty={isChanged}
          onSubmit={submit}
          onCancel={back}
        >
          <RequestFields draft={draft} onChange={setDraft} missing={tried ? missingIn(draft) : []} />
        </Form>
      </Card>
    </div>
  )
}
