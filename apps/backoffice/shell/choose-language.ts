import { useQueryClient } from '@tanstack/react-query'
import { chooseLanguage, getSession } from '#contract/identity'
import { keyOf, useEndpoint } from '#platform/ui/data.ts'
import { type Language, prefer } from '#platform/ui/preferences.ts'

/** At once on this screen, and kept with the account for the next one. */
export function useChooseLanguage(): (language: Language) => void {
  const queries = useQueryClient()
  const kept = useEndpoint(chooseLanguage, {
    onSuccess: (me) => queries.setQueryData(keyOf(getSession), me),
  })
  return (language) => {
    prefer({ language })
    kept.mutate({ body: { language } })
  }
}
