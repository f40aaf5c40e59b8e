import { useQueryClient } from '@tanstack/react-query'
import { getOwnProfile, type OwnProfile, updateOwnProfile } from '#contract/cabinet'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input } from '#platform/ui/input.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { Problem } from '#platform/ui/problem.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useDraft } from './draft.ts'

const fields = ['profession', 'rpps', 'adeli', 'siret', 'phone'] as const

/** Who signs fee notes: without these they are not issued. */
export function ProfileForm({ profile }: { profile: OwnProfile }) {
  const t = useMessages()
  const queries = useQueryClient()
  const { draft, set, seen, dirty, winner, take, lost } = useDraft(profile, fields)
  const save = useEndpoint(updateOwnProfile, {
    onSuccess: (saved) => {
      queries.setQueryData(keyOf(getOwnProfile), saved)
      take(saved)
      notify.done({ title: t('cabinet.settings.saved') })
    },
    onError: (error) => {
      if (error.code !== 'profile_changed') return
      const { current } = error.details as { current: OwnProfile } // as the server refuses
      queries.setQueryData(keyOf(getOwnProfile), current)
      lost(current)
    },
  })
  return (
    <Form
      submit={t('cabinet.settings.save')}
      saving={save.isPending}
      error={winner ? null : save.error}
      dirty={dirty}
      onSubmit={() => save.mutate({ body: { revision: seen.revision, ...draft } })}
    >
      <p className="text-13 text-ink-muted">{t('cabinet.profile.help')}</p>
      {winner && <Problem>{t('refusals.profile_changed')}</Problem>}
      <Field
        name="profession"
        label={t('cabinet.profile.profession')}
        help={t('cabinet.profile.profession.help')}
      >
        <Input maxLength={120} value={draft.profession} onChange={(profession) => set({ profession })} />
      </Field>
      <Field name="rpps" label={t('cabinet.profile.rpps')} help={t('cabinet.profile.rpps.help')}>
        <Input
          inputMode="numeric"
          maxLength={30}
          value={draft.rpps ?? ''}
          onChange={(rpps) => set({ rpps })}
        />
      </Field>
      <Field name="adeli" label={t('cabinet.profile.adeli')} optional help={t('cabinet.profile.adeli.help')}>
        <Input maxLength={30} value={draft.adeli ?? ''} onChange={(adeli) => set({ adeli })} />
      </Field>
      <Field name="siret" label={t('cabinet.profile.siret')} optional>
        <Input
          inputMode="numeric"
          maxLength={30}
          value={draft.siret ?? ''}
          onChange={(siret) => set({ siret })}
        />
      </Field>
      <Field name="phone" label={t('cabinet.profile.phone')} optional>
        <Input type="tel" maxLength={32} value={draft.phone} onChange={(phone) => set({ phone })} />
      </Field>
    </Form>
  )
}
