import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { addTask } from '#contract/calls'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'

/** One line and Enter; a day where there is one. The cursor stays for the next. */
export function QuickAdd({ wanted }: { wanted: boolean }) {
  const t = useMessages()
  const line = useRef<HTMLInputElement>(null)
  const [title, setTitle] = useState('')
  const [dueOn, setDueOn] = useState('')
  const add = useEndpoint(addTask, {
    onSuccess: () => {
      setTitle('')
      setDueOn('')
      line.current?.focus()
    },
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  return (
    <form
      aria-label={t('calls.tasks.quick')}
      className="mb-4 flex flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (title.trim() && !add.isPending)
          add.mutate({ body: { title: title.trim(), dueOn: dueOn || null } })
      }}
    >
      <div className="min-w-0 flex-1 basis-64">
        <Input
          ref={line}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- whoever asked for a new task types it
          autoFocus={wanted}
          aria-label={t('calls.tasks.quick')}
          placeholder={t('calls.tasks.quick.placeholder')}
          maxLength={200}
          value={title}
          onChange={setTitle}
        />
      </div>
      <div className="w-40">
        <Input type="date" aria-label={t('calls.tasks.due')} value={dueOn} onChange={setDueOn} />
      </div>
      <Button type="submit" icon={Plus} loading={add.isPending}>
        {t('calls.tasks.quick.submit')}
      </Button>
    </form>
  )
}
