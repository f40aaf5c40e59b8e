import { stringifySearch } from '#platform/ui/url-state.ts'

export const listTo = (filters: Record<string, string | number | undefined> = {}): string =>
  `/notes${stringifySearch(filters)}`

export const noteTo = (id: string): string => `/notes/${id}`

/** What a new note is of; `draft` is its id, so that what was typed is found again by a reload. */
export const newNoteTo = (
  begun: { patient?: string; appointment?: string; kind?: 'personal'; draft?: string } = {},
): string => `/notes/new${stringifySearch(begun)}`
