import { useState } from 'react'
import {
  type Client,
  clientChanged,
  type ClientChangedDetails,
  getClient,
  updateClient,
} from '#contract/clients'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Form } from '#platform/ui/form.tsx'
import { useGo, usePathParam } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { clientTo } from './addresses.ts'
import { useDraft } from './client-draft.ts'
import { ClientFields } from './client-fields.tsx'
import { ClientSkeleton } from './client-skeleton.tsx'
import { ClientUnreadable } from './client-unreadable.tsx'
import { spokenName } from './client-words.tsx'
import { type Choices, conflictsOf, resolved } from './conflict.ts'
import { ConflictTable } from './conflict-table.tsx'
import { differences, type Draft, draftOf, pick } from './draft.ts'
import { TrashBanner } from './trash-banner.tsx'

export function EditClientPage() {
  const t = useMessages()
  const client = useEndpoint(getClient, { params: { id: usePathParam('id') } })
  // The form begins with the client as it was opened: news do not change it under one's fingers.
  const [opened, setOpened] = useState<Client>()
  if (client.data && !opened) setOpened(client.data)
  if (opened)
    return opened.trashedAt ? (
      <>
        <PageHeader title={spokenName(opened)} />
        <TrashBanner client={opened} />
      </>
    ) : (
      <EditForm client={opened} />
    )
  if (client.error) return <ClientUnreadable error={client.error} retry={client.refetch} />
  return (
    <>
      <PageHeader title={t('clients.edit')} />
      <ClientSkeleton />
    </>
  )
}

function EditForm({ client }: { client: Client }) {
  const t = useMessages()
  const go = useGo()
  const form = useDraft(draftOf(client))
  const [version, setVersion] = useState(client.version)
  /** The client as somebody else left it meanwhile, until it is decided what is kept. */
  const [current, setCurrent] = useState<Client>()
  const [choices, setChoices] = useState<Choices>({})

  const leave = () => go(clientTo(client.id), { replace: true })
  const saved = (name: string) => {
    notify.done({ title: t('clients.saved', { name }) })
    leave()
  }
  const update = useEndpoint(updateClient, {
    onSuccess: (after) => saved(spokenName(after)),
    onError: (error) => {
      if (error.code !== clientChanged.code) return
      const details = error.details as ClientChangedDetails // as the contract says of this refusal
      setChoices({})
      setCurrent(details.current)
    },
  })
  const send = (base: Draft, draft: Draft, on: number) => {
    const changes = differences(base, draft)
    if (changes.length === 0) saved(spokenName(client))
    else update.mutate({ params: { id: client.id }, body: { ...pick(draft, changes), version: on } })
  }

  const theirs = current && draftOf(current)
  const conflicts = theirs ? conflictsOf(form.base, form.draft, theirs) : []
  const settle = () => {
    if (!current || !theirs) return
    const kept = resolved(theirs, form.draft, conflicts, choices)
    form.rebase(theirs, kept)
    setVersion(current.version)
    setCurrent(undefined)
    send(theirs, kept, current.version)
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('clients.edit.of', { name: spokenName(client) })} />
      <Card>
        <Form
          submit={t(current ? 'clients.conflict.save' : 'clients.save')}
          saving={update.isPending || update.isSuccess}
          error={current ? undefined : update.error}
          dirty={form.dirty}
          onSubmit={() => {
            if (current) settle()
            else if (form.isSound()) send(form.base, form.draft, version)
          }}
          onCancel={leave}
        >
          {current ? (
            <ConflictTable
              clientId={client.id}
              conflicts={conflicts}
              choices={choices}
              onChoose={(field, side) => setChoices({ ...choices, [field]: side })}
            />
          ) : (
            <ClientFields
              draft={form.draft}
              onChange={form.change}
              problems={form.problems}
              onJudge={form.judge}
              error={update.error}
              subscribed={client.subscription !== null}
            />
          )}
        </Form>
      </Card>
    </div>
  )
}
