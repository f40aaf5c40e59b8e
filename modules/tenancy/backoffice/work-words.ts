/** What is being done to a tenant, in words. A step or a trouble nobody has put into words yet is not spelt out in code. */
import type { TenantWork } from '#contract/tenancy'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

type Told = Pick<TenantWork, 'kind' | 'state' | 'step'>

/** « Ouverture » */
export const kindInWords = ({ kind }: Pick<Told, 'kind'>, t: Translate) => t(`tenancy.work.${kind}`)

/** « Ouverture · création de la base », or that it waits for its turn. */
export function workInWords({ kind, state, step }: Told, t: Translate): string {
  const work = kindInWords({ kind }, t)
  if (state === 'waiting') return `${work} · ${t('tenancy.work.waiting')}`
  const words = step && known(`tenancy.step.${kind}.${step}`, t)
  return words ? `${work} · ${words}` : work
}

/** Why a work failed, and what becomes of it. */
export function troubleInWords({ errorCode }: Pick<TenantWork, 'errorCode'>, t: Translate): string {
  return (errorCode && known(`tenancy.trouble.${errorCode}`, t)) || t('tenancy.trouble.unknown')
}

/** Why a migration of the fleet did not go on. */
export function stoppedInWords(code: string, t: Translate): string {
  return known(`tenancy.stopped.${code}`, t) ?? t('tenancy.stopped.unknown')
}

/** Why a database could not be compared, or null where only PostgreSQL’s own words tell. */
export function driftTroubleInWords(code: string, t: Translate): string | null {
  return known(`tenancy.drift.trouble.${code}`, t)
}

/** A sentence whose key comes from the server, or null. */
function known(name: string, t: Translate): string | null {
  const key = name as MessageKey // asked for on the next line
  const words = t(key)
  return words === key ? null : words
}
