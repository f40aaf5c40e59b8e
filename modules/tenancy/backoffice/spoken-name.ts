import { useFormats } from '#platform/ui/messages.tsx'

/** A practice's name within a French sentence: « l’espace du cabinet de Léa Martin ». */
export function useSpokenName(): (name: string) => string {
  const { language } = useFormats()
  return (name) =>
    language === 'fr' ? name.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase()) : name
}
