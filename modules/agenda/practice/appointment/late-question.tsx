import { Button } from '#platform/ui/button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type LateQuestionProps = {
  /** What cancelling now costs by the practice's rule. */
  words: string
  /** By the rule, or for nothing. */
  labels: { rule: string; free: string }
  busy: boolean
  onChoose: (choice: 'rule' | 'free') => void
  onStay: () => void
}

/** Asked before a cancellation that comes too late: what it costs, with the other way beside. Opens no line it stands in. */
export function LateQuestion({ words, labels, busy, onChoose, onStay }: LateQuestionProps) {
  const t = useMessages()
  return (
    <div
      role="alert"
      className="flex basis-full flex-col gap-2 rounded-control bg-warning-soft p-3 text-13 whitespace-normal text-warning-ink"
    >
      <p>{words}</p>
      <div className="flex flex-wrap gap-2">
        {(['rule', 'free'] as const).map((choice) => (
          <Button
            key={choice}
            size="small"
            disabled={busy}
            onClick={(event) => {
              event.stopPropagation()
              onChoose(choice)
            }}
          >
            {labels[choice]}
          </Button>
        ))}
        <Button
          size="small"
          variant="ghost"
          onClick={(event) => {
            event.stopPropagation()
            onStay()
          }}
        >
          {t('agenda.late.stay')}
        </Button>
      </div>
    </div>
  )
}
