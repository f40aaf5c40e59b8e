/** Days and amounts as banks write them. What could be read in two ways is not read at all. */

/**
 * `1 234,56`, `1.234,56`, `1,234.56`, `-12,00 €`, `12,00-`, `(12,00)`, `+7`.
 * @returns cents; undefined where it is none, or could be two: `1.234`
 */
export function centsOf(written: string): number | undefined {
  let text = written.replaceAll(/[\s\u00A0\u202F€']|EUR/gi, '')
  let sign = 1
  if (/^\(.*\)$/.test(text)) {
    sign = -1
    text = text.slice(1, -1)
  }
  const signed = /^([+\-−]?)([\d.,]+)([+\-−]?)$/.exec(text)
  if (!signed) return undefined
  const [, before = '', digits = '', after = ''] = signed
  if (before && after) return undefined
  if (/[-−]/.test(before + after)) sign = -sign
  const parts = /^(\d{1,3}(?:([.,])\d{3}(?:\2\d{3})*)?|\d+)(?:([.,])(\d{1,2}))?$/.exec(digits)
  if (!parts) return undefined
  const [, whole = '', thousands, decimal, fraction = ''] = parts
  // Without decimals a dot or a comma before three digits may be either.
  if (thousands && (!decimal || thousands === decimal)) return undefined
  const cents = Number(whole.replaceAll(/[.,]/g, '')) * 100 + Number(fraction.padEnd(2, '0'))
  return Number.isSafeInteger(cents) && cents <= 10_000_000_000_00 ? sign * cents || 0 : undefined
}

/** `27/02/2026`, `27-02-26`, `27.02.2026`, `2026-02-27`, `20260227`, each perhaps with a time after it. */
export function dayOfText(written: string): string | undefined {
  const text = written.trim()
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T].*)?$/.exec(text)
  if (french) {
    const [, day = '', month = '', year = ''] = french
    return real(year.length === 2 ? `20${year}` : year, month, day)
  }
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T].*)?$/.exec(text)
  return iso ? real(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '') : undefined
}

function real(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (text < '1990' || text > '2200') return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}
