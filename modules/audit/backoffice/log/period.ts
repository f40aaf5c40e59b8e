/** Periods one asks for most, as days in Paris: the last one is open, so that what happens now falls into it. */
import { TIME_ZONE } from '#platform/ui/formats.ts'
import type { LogFilters } from './log-state.ts'

export const presets = ['today', 'week', 'thirty', 'month'] as const
export type Preset = (typeof presets)[number]

const paris = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE })

/** @param now for tests @returns `2026-11-22` */
export function firstDayOf(preset: Preset, now = new Date()): string {
  const today = paris.format(now)
  if (preset === 'today') return today
  if (preset === 'month') return `${today.slice(0, 8)}01`
  const first = new Date(`${today}T00:00:00Z`)
  first.setUTCDate(first.getUTCDate() - (preset === 'week' ? 6 : 29))
  return first.toISOString().slice(0, 10)
}

export function presetOf({ from, to }: LogFilters, now = new Date()): Preset | undefined {
  return to === undefined ? presets.find((preset) => firstDayOf(preset, now) === from) : undefined
}
