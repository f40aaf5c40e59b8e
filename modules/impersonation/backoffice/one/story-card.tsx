import {
  CircleCheck,
  CircleSlash,
  CircleStop,
  FileCheck2,
  LogIn,
  type LucideIcon,
  NotebookText,
  Send,
  ShieldAlert,
} from 'lucide-react'
import { createElement } from 'react'
import type { Impersonation } from '#contract/impersonation'
import { Card } from '#platform/ui/card.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { type Translate, useMessages } from '#platform/ui/messages.tsx'
import { type Step, storyOf } from './story.ts'

const icons: Record<Step['kind'], LucideIcon> = {
  asked: Send,
  agreed: CircleCheck,
  refused: CircleSlash,
  approved: ShieldAlert,
  notes: NotebookText,
  began: LogIn,
  ended: CircleStop,
  reviewed: FileCheck2,
}

/** From the asking to the end, and what was thought of it afterwards: who, and when. */
export function StoryCard({ one }: { one: Impersonation }) {
  const t = useMessages()
  return (
    <Card title={t('impersonation.card.story')}>
      <ol className="mt-1 flex flex-col">
        {storyOf(one).map(({ kind, at }) => (
          <li key={kind} className="group relative flex gap-3 pb-4 text-13 last:pb-0">
            {/* The thread from one step to the next. */}
            <span
              aria-hidden
              className="absolute top-6 bottom-0 left-3 w-px -translate-x-1/2 bg-line group-last:hidden"
            />
            <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-neutral-soft text-neutral-ink">
              {createElement(icons[kind], { 'aria-hidden': true, size: 13 })}
            </span>
            <div className="min-w-0 flex-1 pt-0.5">
              <p className="wrap-anywhere">{stepInWords(kind, one, t)}</p>
              {kind === 'reviewed' && one.review && (
                <p className="mt-1 rounded-control bg-sunken px-2.5 py-1.5 wrap-anywhere whitespace-pre-wrap">
                  {one.review}
                </p>
              )}
              <p className="text-12 text-ink-muted">
                <DateText value={at} show="instant" />
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function stepInWords(kind: Step['kind'], one: Impersonation, t: Translate): string {
  const actor = one.actor.name
  const subject = one.subject.name
  const somebody = t('impersonation.ending.somebody')
  switch (kind) {
    case 'asked':
      return t(one.breakGlass ? 'impersonation.story.asked.glass' : 'impersonation.story.asked', {
        name: actor,
      })
    case 'agreed':
      return t('impersonation.story.agreed', { name: one.answeredBy ?? somebody })
    case 'refused':
      return t('impersonation.story.refused', { name: one.answeredBy ?? somebody })
    case 'approved':
      return t('impersonation.story.approved', { name: one.approvedBy ?? somebody })
    case 'notes':
      return t('impersonation.story.notes')
    case 'began':
      return t('impersonation.story.began', { name: actor, subject })
    case 'reviewed':
      return t('impersonation.story.reviewed', { name: one.reviewedBy ?? somebody })
    case 'ended':
      return t(`impersonation.ending.${one.endedBy ?? 'time'}`, {
        actor,
        subject,
        ender: one.ender ?? somebody,
      })
  }
}
