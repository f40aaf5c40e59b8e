import type { Lines } from '#contract/dashboard'
import { stringifySearch } from '#platform/ui/url-state.ts'

/** Where the lines behind a figure are: the list, filtered in the words the server chose. */
export function linesTo({ list, filter }: Lines): string {
  return `/${list}${stringifySearch(filter)}`
}
