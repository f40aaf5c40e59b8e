import { stringifySearch } from '#platform/ui/url-state.ts'

export const macrosTo = (macro?: string) => `/support/macros${stringifySearch(macro ? { macro } : {})}`
