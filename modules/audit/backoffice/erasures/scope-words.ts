/** What an erasure covers, in a sentence's worth of words. */
import type { Erasure } from '#contract/audit'
import type { Formats } from '#platform/ui/formats.ts'
import type { Translate } from '#platform/ui/messages.tsx'
import { objectInWords, objectNamed } from '../words.ts'

type Scope = Pick<Erasure, 'kind' | 'before' | 'objectType' | 'objectId' | 'actorId' | 'name'>

export function scopeInWords(scope: Scope, t: Translate, formats: Formats): string {
  const { kind, before, objectType, objectId, actorId, name } = scope
  if (kind === 'age') return t('audit.erasures.scope.age', { day: formats.day(before) })
  if (kind === 'person') return t('audit.erasures.scope.person', { name: name ?? shortened(actorId) })
  const type = objectInWords(objectType ?? '', t)
  const known = objectNamed({ objectType: objectType ?? '', objectName: name }, t)
  // A name that begins with the kind needs it no second time.
  if (known?.startsWith(type)) return known
  return t('audit.erasures.scope.object', { type, name: known ?? shortened(objectId) })
}

const shortened = (id: string | null) => (id && id.length > 13 ? `…${id.slice(-8)}` : (id ?? ''))
