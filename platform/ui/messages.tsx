/**
 * Every word of both apps comes through here: ICU messages, compiled when first shown, one
 * language at a time, those of a module when its pages come (words.ts). A module adds its keys to the
 * type `Messages`:
 *
 *   import type fr from '../messages/fr.json'
 *   type Fr = typeof fr
 *   declare module '#platform/ui/messages.tsx' {
 *     // oxlint-disable-next-line typescript/consistent-type-definitions
 *     interface Messages extends Fr {}
 *   }
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type ui from './messages/fr.json'
import { type Formats, formatsIn } from './formats.ts'
import { type Language, usePreferences } from './preferences.ts'
import { type Catalogue, type Translate, translator } from './translator.tsx'
import type { Catalogues } from './words.ts'

export type { Catalogue, Translate } from './translator.tsx'
export type { Catalogues } from './words.ts'

type Ui = typeof ui
// Only an interface can be added to by others.
// oxlint-disable-next-line typescript/consistent-type-definitions
export interface Messages extends Ui {}
export type MessageKey = keyof Messages & string

const Context = createContext<{ t: Translate; formats: Formats } | null>(null)

type ProviderProps = {
  catalogues: Catalogues
  /** The catalogue loaded before the first render, so that nothing appears without its words; it may grow. */
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
