/**
 * Every word of both apps comes through here: ICU messages, compiled when first shown, one
 * language in memory at a time. A module adds its keys to the type `Messages`:
 *
 *   import type fr from '../messages/fr.json'
 *   type Fr = typeof fr
 *   declare module '#platform/ui/messages.tsx' {
 *     // oxlint-disable-next-line typescript/consistent-type-definitions
 *     interface Messages extends Fr {}
 *   }
 */
import { IntlMessageFormat } from 'intl-messageformat'
import { createContext, Fragment, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type ui from './messages/fr.json'
import { type Formats, formatsIn } from './formats.ts'
import { type Language, usePreferences } from './preferences.ts'

type Ui = typeof ui
// Only an interface can be added to by others.
// oxlint-disable-next-line typescript/consistent-type-definitions
export interface Messages extends Ui {}
export type MessageKey = keyof Messages & string

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
export type Catalogues = Record<Language, () => Promise<Catalogue>>

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

const Context = createContext<{ t: Translate; formats: Formats } | null>(null)

type ProviderProps = {
  catalogues: Catalogues
  /** The catalogue loaded before the first render, so that nothing appears without its words. */
  first: { language: Language; catalogue: Catalogue }
  children: ReactNode
}

export function MessagesProvider({ catalogues, first, children }: ProviderProps) {
  const { language } = usePreferences()
  const [shown, setShown] = useState(first)

  useEffect(() => {
    if (shown.language === language) return
    let current = true
    void catalogues[language]().then(
      (catalogue) => current && setShown({ language, catalogue }),
      () => undefined, // offline: the words already there stay, the banner says why
    )
    return () => {
      current = false
    }
  }, [catalogues, language, shown.language])

  const value = useMemo(
    () => ({
      t: translator(shown.language, shown.catalogue),
      formats: formatsIn(shown.language),
    }),
    [shown],
  )
  return <Context value={value}>{children}</Context>
}

function useLanguageContext() {
  const value = useContext(Context)
  if (!value) throw new Error('No MessagesProvider above this component')
  return value
}

/** `const t = useMessages()`, then `t('clients.title', { count })`. */
export function useMessages(): Translate {
  return useLanguageContext().t
}

/** Figures and dates in the language of the reader. */
export function useFormats(): Formats {
  return useLanguageContext().formats
}
