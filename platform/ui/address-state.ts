/**
 * What a page reads from its address, word by word. It fits `useUrlState` as a Zod object does, and a telephone need not
 * load a library of shapes to understand `?view=week`.
 */
import type { Schema } from './url-state.ts'

/** @returns undefined for what makes no sense */
type Reading = (said: string) => string | number | undefined

export const oneOf =
  <const Word extends string>(words: readonly Word[]) =>
  (said: string): Word | undefined =>
    words.find((word) => word === said)

export const anId = (said: string): string | undefined =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(said) ? said.toLowerCase() : undefined

/** `2026-02-27`, a day that exists. */
export function aDay(said: string): string | undefined {
  const day = /^(19|20|21)\d\d-\d\d-\d\d$/.test(said) ? new Date(`${said}T00:00:00Z`) : undefined
  return day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(said) ? said : undefined
}

/** `2026-02` */
export const aMonth = (said: string): string | undefined =>
  /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(said) ? said : undefined

export const wordsUpTo =
  (max: number) =>
  (said: string): string | undefined =>
    said.trim().length <= max ? said.trim() : undefined

export const wholeNumber =
  (from: number, to: number) =>
  (said: string): number | undefined =>
    /^\d{1,9}$/.test(said) && Number(said) >= from && Number(said) <= to ? Number(said) : undefined

/**
 * @example
 * const State = addressState({ view: oneOf(views), on: aDay, patient: anId })
 * type State = StateOf<typeof State>      // each may be missing
 */
export function addressState<const Readings extends Record<string, Reading>>(
  readings: Readings,
): Schema<{ [Key in keyof Readings]?: ReturnType<Readings[Key]> }> {
  return {
    safeParse(raw) {
      const said = raw as Record<string, unknown> // an address as parseSearch reads it
      const data: Record<string, unknown> = {}
      const issues: { path: [string] }[] = []
      for (const [key, reading] of Object.entries(readings)) {
        const word = said[key]
        if (word === undefined) continue
        const value = typeof word === 'string' ? reading(word) : undefined
        if (value === undefined) issues.push({ path: [key] })
        else data[key] = value
      }
      if (issues.length > 0) return { success: false, error: { issues } }
      return { success: true, data: data as { [Key in keyof Readings]?: ReturnType<Readings[Key]> } } // each by its own reading
    },
  }
}

export type StateOf<Of> = Of extends Schema<infer State> ? State : never
