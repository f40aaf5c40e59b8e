import { type Impersonation, purposes, states } from '#contract/impersonation'
import { Chip, FilterMenu } from '#platform/ui/chip.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useSession } from '#platform/ui/session.tsx'
import type { ImpersonationFilters } from '../addresses.ts'
import type { ChangeImpersonationFilters } from './impersonation-filters.ts'

type ImpersonationToolbarProps = {
  filters: ImpersonationFilters
  change: ChangeImpersonationFilters
  /** One of those shown: it knows what the ids of the filters are called. */
  shown: Impersonation | undefined
}

export function ImpersonationToolbar({ filters, change, shown }: ImpersonationToolbarProps) {
  const t = useMessages()
  const { id: me } = useSession()
  const { state, purpose, toReview, actor, tenant, member } = filters
  const named = (id: string, person: { id: string; name: string } | undefined) =>
    person?.id === id ? person.name : `…${id.slice(-8)}`
  return (
    <>
      <FilterMenu
        single
        label={t('impersonation.state')}
        options={states.map((one) => ({ value: one, label: t(`impersonation.state.${one}`) }))}
        value={state ? [state] : []}
        onChange={([one]) => change({ state: one })}
      />
      <FilterMenu
        single
        label={t('impersonation.purpose')}
        options={purposes.map((one) => ({ value: one, label: t(`impersonation.purpose.${one}`) }))}
        value={purpose ? [purpose] : []}
        onChange={([one]) => change({ purpose: one })}
      />
      <FilterMenu
        single
        label={t('impersonation.actor')}
        options={[{ value: me, label: t('impersonation.actor.me') }]}
        value={actor ? [actor] : []}
        onChange={([one]) => change({ actor: one })}
      />
      <FilterMenu
        single
        label={t('impersonation.review')}
        options={[{ value: 'true', label: t('impersonation.review.yes') }]}
        value={toReview ? [toReview] : []}
        onChange={([one]) => change({ toReview: one })}
      />
      {state && (
        <Chip
          label={t('impersonation.state')}
          value={t(`impersonation.state.${state}`)}
          onRemove={() => change({ state: undefined })}
        />
      )}
      {purpose && (
        <Chip
          label={t('impersonation.purpose')}
          value={t(`impersonation.purpose.${purpose}`)}
          onRemove={() => change({ purpose: undefined })}
        />
      )}
      {actor && (
        <Chip
          label={t('impersonation.actor')}
          value={actor === me ? t('impersonation.actor.me') : named(actor, shown?.actor)}
          onRemove={() => change({ actor: undefined })}
        />
      )}
      {tenant && (
        <Chip
          label={t('impersonation.tenant')}
          value={named(tenant, shown?.tenant)}
          onRemove={() => change({ tenant: undefined })}
        />
      )}
      {member && (
        <Chip
          label={t('impersonation.member')}
          value={named(member, shown?.subject)}
          onRemove={() => change({ member: undefined })}
        />
      )}
      {toReview && (
        <Chip
          label={t('impersonation.review')}
          value={t('impersonation.review.yes')}
          onRemove={() => change({ toReview: undefined })}
        />
      )}
    </>
  )
}
