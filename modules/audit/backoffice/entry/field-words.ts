/** Fields and values of an entry in words. What nobody has put into words yet shows itself. */
import { type Formats, MISSING } from '#platform/ui/formats.ts'
import type { MessageKey, Translate } from '#platform/ui/messages.tsx'

/** `file.name` is « Fichier › Nom »; the place in a list is counted from one. */
export function fieldInWords(path: string, t: Translate): string {
  return path
    .split('.')
    .map((part) =>
      /^\d+$/.test(part) ? String(Number(part) + 1) : (worded(`audit.field.${part}`, t) ?? part),
    )
    .join(' › ')
}

export function valueInWords(path: string, value: unknown, t: Translate, formats: Formats): string {
  if (value === null || value === undefined || value === '') return MISSING
  if (typeof value === 'boolean') return t(`audit.value.${value}`)
  if (typeof value === 'number') return numberInWords(path, value, formats)
  if (Array.isArray(value)) {
    const said = value.map((one) => valueInWords(path, one, t, formats))
    return said.length === 0 ? t('audit.value.none') : formats.list(said)
  }
  if (typeof value !== 'string') return JSON.stringify(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formats.day(value)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)) return formats.instant(value)
  const field = fieldOf(path)
  if (field === 'phone') return phoneInWords(value)
  return (
    worded(`audit.value.${field}.${value}`, t) ??
    worded(`access.permission.${value}`, t) ??
    (/^(verb|object(Type)?|result)$/.test(field)
      ? worded(`audit.${field === 'objectType' ? 'object' : field}.${value}`, t)
      : undefined) ??
    (/^roles?$/.test(field) ? worded(`access.role.${value}`, t) : undefined) ??
    value
  )
}

/** « 06 39 98 12 34 », as the client's page writes a French number; others stay in their international form. */
function phoneInWords(phone: string): string {
  const digits = /^\+33(\d{9})$/.exec(phone)?.[1]
  return digits === undefined ? phone : `0${digits}`.replaceAll(/(\d{2})(?=\d)/g, '$1\u00A0')
}

/** Money is written in cents and rates in basis points, and their names say so. */
function numberInWords(path: string, value: number, formats: Formats): string {
  if (path.endsWith('Cents')) return formats.money(value)
  if (/(RatePoints|BasisPoints|rateBp)$/.test(path)) return formats.rate(value)
  return Number.isInteger(value) ? formats.integer(value) : formats.decimal(value)
}

/** The field whose words a value takes: a status of before is a status too. */
function fieldOf(path: string): string {
  const field = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path
  return field === 'previous' ? 'status' : field
}

function worded(wanted: string, t: Translate): string | undefined {
  const key = wanted as MessageKey // asked for on the next line
  const known = t(key)
  return known === key ? undefined : known
}
