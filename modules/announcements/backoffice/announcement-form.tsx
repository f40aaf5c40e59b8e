import { useState } from 'react'
import {
  addAnnouncement,
  type Announcement,
  type AnnouncementWords,
  audiences,
  changeAnnouncement,
} from '#contract/announcements'
import { useEndpoint } from '#platform/ui/data.ts'
import { Sheet } from '#platform/ui/dialog.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { Select } from '#platform/ui/select.tsx'
import { notify } from '#platform/ui/toast.tsx'

const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })
const blank = (): AnnouncementWords => ({
  bodyFr: '',
  bodyEn: '',
  link: null,
  fromOn: today(),
  untilOn: today(),
  audience: 'everyone',
})

/** Writes a message of the day, or mends one. */
export function AnnouncementForm({
  announcement,
  onClose,
}: {
  announcement: Announcement | null
  onClose: () => void
}) {
  const t = useMessages()
  const [seen, setSeen] = useState(announcement)
  const [begun] = useState<AnnouncementWords>(() => (announcement ? wordsOf(announcement) : blank()))
  const [draft, setDraft] = useState(begun)
  const [winner, setWinner] = useState<Announcement | null>(null)
  const [saved, setSaved] = useState(false)
  const done = () => {
    setSaved(true)
    notify.done({ title: t('announcements.saved') })
    onClose()
  }
  const add = useEndpoint(addAnnouncement, { onSuccess: done })
  const change = useEndpoint(changeAnnouncement, {
    onSuccess: done,
    onError: (error) => {
      if (error.code !== 'announcement_changed') return
      const { current } = error.details as { current: Announcement } // as the server refuses
      setSeen(current)
      setWinner(current)
    },
  })
  const set = (part: Partial<AnnouncementWords>) => setDraft({ ...draft, ...part })
  const dirty = !saved && JSON.stringify(draft) !== JSON.stringify(begun)
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(announcement ? 'announcements.edit' : 'announcements.new')}
    >
      <Form
        submit={t('announcements.save')}
        onCancel={onClose}
        saving={add.isPending || change.isPending}
        error={winner ? null : (add.error ?? change.error)}
        dirty={dirty}
        onSubmit={() =>
          seen
            ? change.mutate({ params: { id: seen.id }, body: { ...draft, revision: seen.revision } })
            : add.mutate({ body: draft })
        }
      >
        {winner && (
          <Problem>
            {t('announcements.changed')}
            <span className="mt-1 block whitespace-pre-line">« {winner.bodyFr} »</span>
          </Problem>
        )}
        <Field name="bodyFr" label={t('announcements.body.fr')} help={t('announcements.body.help')}>
          <Textarea value={draft.bodyFr} maxLength={600} onChange={(bodyFr) => set({ bodyFr })} />
        </Field>
        <Field
          name="bodyEn"
          label={t('announcements.body.en')}
          optional
          help={t('announcements.body.en.help')}
        >
          <Textarea value={draft.bodyEn} maxLength={600} rows={3} onChange={(bodyEn) => set({ bodyEn })} />
        </Field>
        <Field name="link" label={t('announcements.link')} optional help={t('announcements.link.help')}>
          <Input
            type="url"
            inputMode="url"
            placeholder={t('announcements.link.placeholder')}
            value={draft.link ?? ''}
            onChange={(link) => set({ link: link === '' ? null : link })}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="fromOn" label={t('announcements.from')}>
            <Input
              type="date"
              value={draft.fromOn}
              onChange={(fromOn) => set({ fromOn, untilOn: draft.untilOn < fromOn ? fromOn : draft.untilOn })}
            />
          </Field>
          <Field name="untilOn" label={t('announcements.until')}>
            <Input
              type="date"
              min={draft.fromOn}
              value={draft.untilOn}
              onChange={(untilOn) => set({ untilOn })}
            />
          </Field>
        </div>
        <Field name="audience" label={t('announcements.audience')}>
          <Select
            options={audiences.map((value) => ({ value, label: t(`announcements.audience.${value}`) }))}
            value={draft.audience}
            onChange={(audience) => set({ audience })}
          />
        </Field>
      </Form>
    </Sheet>
  )
}

function wordsOf({ bodyFr, bodyEn, link, fromOn, untilOn, audience }: Announcement): AnnouncementWords {
  return { bodyFr, bodyEn, link, fromOn, untilOn, audience }
}
