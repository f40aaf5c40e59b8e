import { createClient } from '#contract/clients'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Form } from '#platform/ui/form.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientTo, listTo } from './addresses.ts'
import { useDraft } from './client-draft.ts'
import { ClientFields } from './client-fields.tsx'
import { spokenName } from './client-words.tsx'
import { draftFields, emptyDraft, pick } from './draft.ts'

/** A name and an address are enough to begin with. */
export function NewClientPage() {
  const t = useMessages()
  const go = useGo()
  const form = useDraft(emptyDraft)
  const create = useEndpoint(createClient, {
    onSuccess: (client) => {
      notify.done({ title: t('clients.created', { name: spokenName(client) }) })
      go(clientTo(client.id), { replace: true })
    },
  })
  const { draft } = form
  const save = () => {
    if (!form.isSound()) return
    const { kind, status, lastName, email, ...rest } = draft
    const filled = pick(
      draft,
      draftFields.filter((field) => field in rest && draft[field] !== ''),
    )
    create.mutate({ body: { ...filled, kind, status, lastName, email } })
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('clients.new')} />
      <Card>
        <Form
          submit={t('clients.create')}
          saving={create.isPending || create.isSuccess}
          error={create.error}
          dirty={form.dirty}
          onSubmit={save}
          onCancel={() => go(listTo())}
        >
          <ClientFields
            draft={draft}
            onChange={form.change}
            problems={form.problems}
            onJudge={form.judge}
            error={create.error}
          />
        </Form>
      </Card>
    </div>
  )
}
