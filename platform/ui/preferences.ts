/**
 * What a person chose for their own screen. Kept in the browser under the keys that
 * public/theme.js reads before the first paint.
 */
import { useSyncExternalStore } from 'react'

export type Language = 'fr' | 'en'
export type Theme = 'system' | 'day' | 'night'
export type Density = 'compact' | 'comfortable'
export type Preferences = { theme: Theme; density: Density; language: Language }

const listeners = new Set<() => void>()
let current: Preferences | undefined

export const preferences = (): Preferences => (current ??= start())

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}

export function prefer(change: Partial<Preferences>): void {
  for (const [key, value] of Object.entries(change)) keep(key, value)
  current = { ...preferences(), ...change }
  show()
}

/** A preference that came with the session counts only where the person has not chosen here. */
export function adoptLanguage(language: Language): void {
  if (!kept('language') && language !== preferences().language) {
    current = { ...preferences(), language }
    show()
  }
}

const darkSystem = () => matchMedia('(prefers-color-scheme: dark)')

function start(): Preferences {
  darkSystem().addEventListener('change', show)
  // A choice made in one tab holds in the others.
  addEventListener('storage', (event) => {
    if (!event.key?.startsWith('mgp.')) return
    const language = kept('language')
    if (language === 'fr' || language === 'en') document.documentElement.lang = language
    current = read()
    show()
  })
  return read()
}

function read(): Preferences {
  const theme = kept('theme')
  const lang = document.documentElement.lang
  return {
    theme: theme === 'day' || theme === 'night' ? theme : 'system',
    density: kept('density') === 'comfortable' ? 'comfortable' : 'compact',
    language: lang === 'en' ? 'en' : 'fr',
  }
}

function show(): void {
  const root = document.documentElement
  const { theme, density, language } = preferences()
  root.dataset.theme = theme === 'system' ? (darkSystem().matches ? 'night' : 'day') : theme
  root.dataset.density = density
  root.lang = language
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(`mgp.${key}`)
  } catch {
    return null // storage can be forbidden: the defaults then hold
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`mgp.${key}`, value)
  } catch {
    // the choice then lasts as long as the page
  }
}
