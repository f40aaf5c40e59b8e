import { useFormats } from '#platform/ui/messages.tsx'

/** A practice's name within a French sentence: « l’espace du cabinet de Léa Martin ». */
export function useSpokenName(): (name: string) => string {
  const { language } = useFormats()
  return (name) =>
    language === 'fr' ? name.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase()) : name
}

/** Whose practice it is, for initials: all of them begin with the same word. */
export const personOf = (name: string): string => name.replace(/^(Cabinet|Secrétariat) (de |d’)/, '')
