import { topicsOfTickets } from '#contract/support'
import { useMessages } from '#platform/ui/messages.tsx'
import { ChoiceOfFew } from '../writing/choice-of-few.tsx'

export type Topic = (typeof topicsOfTickets)[number]

/** What was kept on the device may be of another release. */
export const topicOf = (kept: string): Topic => topicsOfTickets.find((topic) => topic === kept) ?? 'question'

export function TopicChoice({ value, onChange }: { value: Topic; onChange: (topic: Topic) => void }) {
  const t = useMessages()
  return (
    <ChoiceOfFew
      name="topic"
      legend={t('support.own.topic')}
      options={topicsOfTickets.map((topic) => ({ value: topic, label: t(`support.own.topic.${topic}`) }))}
      value={value}
      onChange={onChange}
    />
  )
}
