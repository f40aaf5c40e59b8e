import { Archive, ArchiveRestore, Check } from 'lucide-react'
import { useState } from 'react'
import { listOrigins, type Origin, updateOrigin } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Dialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input } from '#platform/ui/input.tsx'
import { TextLink } from '#platform/ui/link.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { listTo } from './addresses.ts'

/** The practice's words for how patients came: renamed, or offered no more. */
export function OriginsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useMessages()
  const { data } = useEndpoint(listOrigins)
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('patients.origins')}
      description={t('patients.origins.help')}
      footer={<Button onClick={onClose}>{t('ui.close')}</Button>}
    >
      {data?.rows.length === 0 && <p className="text-13 text-ink-muted">{t('patients.origins.none')}</p>}
      <ul className="flex flex-col gap-2">
        {data?.rows.map((origin) => (
          <li key={origin.id}>
            <Line origin={origin} onLeave={onClose} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function Line({ origin, onLeave }: { origin: Origin; onLeave: () => void }) {
  const t = useMessages()
  const [name, setName] = useState(origin.name)
  const update = useEndpoint(updateOrigin, {
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const { id, archived } = origin
  const changed = name.trim() !== '' && name.trim() !== origin.name
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (changed) update.mutate({ params: { id }, body: { name } })
      }}
    >
      <Input
        aria-label={t('patients.origins.name', { name: origin.name })}
        value={name}
        maxLength={80}
        onChange={setName}
      />
      <span className="w-24 shrink-0 text-right text-12 whitespace-nowrap text-ink-muted">
        {origin.patients > 0 ? (
          <TextLink to={listTo({ originId: id })} onClick={onLeave}>
            {t('patients.count', { count: origin.patients, shown: String(origin.patients) })}
          </TextLink>
        ) : (
          t('patients.count', { count: 0, shown: '0' })
        )}
      </span>
      {changed ? (
        <IconButton icon={Check} type="submit" label={t('patients.origins.rename', { name })} />
      ) : (
        <IconButton
          icon={archived ? ArchiveRestore : Archive}
          label={t(archived ? 'patients.origins.offer' : 'patients.origins.archive', { name })}
          onClick={() => update.mutate({ params: { id }, body: { archived: !archived } })}
        />
      )}
    </form>
  )
}
