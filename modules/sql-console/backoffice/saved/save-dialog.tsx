import { BookmarkPlus } from 'lucide-react'
import { useState } from 'react'
import {
  queryNameTaken,
  saveSqlQuery,
  type SqlQuery,
  type SqlQueryParameter,
  updateSqlQuery,
  type QueryReach,
  type QueryTarget,
  readsAs,
} from '#contract/sql-console'
import { ActDialog } from '#platform/ui/act-dialog.tsx'
import type { ApiError } from '#platform/ui/api-error.ts'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { ParameterRows } from './parameter-rows.tsx'

type SaveDialogProps = {
  /** A text that gets a name, or what is said of a query beside its text. */
  what: 'new' | 'copy' | 'details'
  /** Of a query that is there: what is changed, or what a copy begins with. */
  query?: SqlQuery | undefined
  text: string
  parameters: readonly SqlQueryParameter[]
  target: QueryTarget
  /** The parser has something against the text. */
  isDraft: boolean
  onSaved: (query: SqlQuery) => void
  onClose: () => void
}

const titles = { new: 'sql.saved.new', copy: 'sql.saved.copy', details: 'sql.saved.details' } as const

/** A name, for what it is meant, who sees it, and what its parameters are. */
export function SaveDialog({ what, query, text, isDraft, onSaved, onClose, ...begin }: SaveDialogProps) {
  const t = useMessages()
  const [name, setName] = useState(
    nameFor(what, query?.name, t('sql.saved.copy.of', { name: query?.name ?? '' })),
  )
  const [description, setDescription] = useState(query?.description ?? '')
  const [target, setTarget] = useState<QueryTarget>(begin.target)
  const [reach, setReach] = useState<QueryReach>(
    what === 'details' ? (query?.reach ?? 'personal') : 'personal',
  )
  const [parameters, setParameters] = useState([...begin.parameters])
  const onSuccess = (saved: SqlQuery) => {
    notify.done({
      title: t('sql.saved.done', { name: saved.name }),
      ...(saved.state === 'draft' && { description: t('sql.saved.done.draft') }),
    })
    onSaved(saved)
    onClose()
  }
  const add = useEndpoint(saveSqlQuery, { onSuccess })
  const update = useEndpoint(updateSqlQuery, { onSuccess })
  const { error, isPending } = what === 'details' ? update : add
  const words = { name: name.trim(), description, reach, target, parameters }
  const wrong = parameters.some(({ type, initial }) => !readsAs(type, initial))
  return (
    <ActDialog
      wide={parameters.length > 0}
      title={t(titles[what])}
      description={
        what === 'copy' && query && !query.mayChange
          ? t('sql.saved.copy.why', { name: query.owner.name })
          : undefined
      }
      effects={isDraft && what !== 'details' ? [t('sql.saved.draft.help')] : []}
      action={t(what === 'details' ? 'sql.saved.save' : 'sql.saved.keep')}
      icon={BookmarkPlus}
      disabled={wrong}
      missing={name.trim() ? [] : [t('sql.saved.name')]}
      running={isPending}
      error={withField(error)}
      onSubmit={() =>
        what === 'details' && query
          ? update.mutate({ params: { id: query.id }, body: { revision: query.revision, ...words } })
          : add.mutate({ body: { ...words, text } })
      }
      onClose={onClose}
    >
      <Field
        name="name"
        label={t('sql.saved.name')}
        help={t('sql.saved.name.help')}
        error={error?.code === queryNameTaken.code ? sentenceOf(error, t) : undefined}
      >
        <Input value={name} onChange={setName} maxLength={80} autoComplete="off" />
      </Field>
      <Field name="description" label={t('sql.saved.description')} optional>
        <Textarea value={description} onChange={setDescription} rows={2} maxLength={500} />
      </Field>
      <Field name="target" label={t('sql.saved.target')} help={t('sql.saved.target.help')}>
        <Select
          options={(['central', 'tenant'] as const).map((one) => ({
            value: one,
            label: t(`sql.saved.target.${one}`),
          }))}
          value={target}
          onChange={setTarget}
        />
      </Field>
      <Field name="reach" label={t('sql.saved.share')} help={t('sql.saved.share.help')} inline>
        <Checkbox
          checked={reach === 'everyone'}
          onChange={(shared) => setReach(shared ? 'everyone' : 'personal')}
        />
      </Field>
      <ParameterRows parameters={parameters} onChange={setParameters} />
    </ActDialog>
  )
}

function nameFor(what: SaveDialogProps['what'], name: string | undefined, copied: string): string {
  if (name === undefined) return ''
  return what === 'copy' ? copied.slice(0, 80) : name
}

/** What is said beside the name is not said twice. */
const withField = (error: ApiError | null): ApiError | null =>
  error?.code === queryNameTaken.code ? null : error
