/** ICU messages of one language, compiled when first shown. */
import { IntlMessageFormat } from 'intl-messageformat'
import { Fragment, type ReactNode } from 'react'
import type { MessageKey } from './messages.tsx'
import type { Language } from './preferences.ts'

type Value = string | number | boolean | Date | null | undefined
type RichValue = Value | ReactNode | ((children: ReactNode) => ReactNode)

export type Translate = {
  (key: MessageKey, values?: Record<string, Value>): string
  /** The same with elements inside: `t.rich('key', { b: (text) => <b>{text}</b> })`. */
  rich: (key: MessageKey, values: Record<string, RichValue>) => ReactNode
}

/** Messages by key; a build holds those with variables already parsed (see vite.ts). */
export type Catalogue = Readonly<Record<string, string | Parsed>>
type Parsed = ReturnType<IntlMessageFormat['getAst']>
/** The translator of one language. A missing key shows itself: a wall keeps that from happening. */
export function translator(language: Language, catalogue: Catalogue): Translate {
  const compiled = new Map<string, IntlMessageFormat>()
  const message = (key: string) => {
    let found = compiled.get(key)
    if (!found) {
      found = new IntlMessageFormat(catalogue[key] ?? key, language)
      compiled.set(key, found)
    }
    return found
  }
  const translate = (key: string, values?: Record<string, Value>) => {
    const text = catalogue[key]
    if (text === undefined) return key
    return isPlain(text) ? text : String(message(key).format(values))
  }
  const rich = (key: string, values: Record<string, RichValue>) => {
    const parts: unknown = message(key).format<ReactNode>(
      values as Record<string, Value>, // the library's own type knows no elements as values
    )
    return (Array.isArray(parts) ? parts : [parts]).map((part: ReactNode, index) => (
      <Fragment key={index}>{part}</Fragment>
    ))
  }
  return Object.assign(translate, { rich })
}

/** Most messages hold no variable: they need no parser. */
export function isPlain(message: string | Parsed): message is string {
  return typeof message === 'string' && !/[{<']/.test(message)
}
