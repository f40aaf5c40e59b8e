import type { DunningLetter } from '#contract/billing'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'

/** A letter that was sent, word by word, with what it claimed. */
export function LetterText({ letter }: { letter: DunningLetter }) {
  const t = useMessages()
  const formats = useFormats()
  return (
    <>
      <p className="mt-1 text-12 text-ink-muted">
        {t('billing.unpaid.former.claimed', {
          address: letter.sentTo,
          amount: formats.money(letter.outstandingCents + letter.penaltiesCents + letter.indemnityCents),
        })}
      </p>
      <p className="mt-1 font-medium" lang="fr">
        {letter.subject}
      </p>
      <p className="whitespace-pre-line" lang="fr">
        {letter.body}
      </p>
    </>
  )
}
