import type { Diagnostic } from '@codemirror/lint'
import { Ban, Crosshair } from 'lucide-react'
import type { Problem } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { type MessageKey, useMessages } from '#platform/ui/messages.tsx'
import { marksOf } from '../editor/checking.ts'
import { lineAndColumn } from '../editor/statement-at.ts'
import { problemInWords } from '../sql-words.tsx'
import { Notice } from './notice.tsx'

type RefusedNoticeProps = {
  problems: readonly Problem[]
  text: string
  offset: number
  onShow?: ((marks: readonly Diagnostic[]) => void) | undefined
}

/** It is the text that cannot be read, and nothing in it that is not permitted. */
const titles: Partial<Record<string, MessageKey>> = {
  syntax: 'sql.refused.syntax',
  empty: 'sql.refused.text',
  too_deep: 'sql.refused.text',
  too_long: 'sql.refused.text',
  too_many_statements: 'sql.refused.text',
  unreadable: 'sql.refused.text',
}

/** Beyond, a text is wrong altogether. */
const mostShown = 8

/** Nothing ran: why, where, and the way out. */
export function RefusedNotice({ problems, text, offset, onShow }: RefusedNoticeProps) {
  const t = useMessages()
  const [first, ...others] = problems
  if (!first) return null
  return (
    <Notice
      look="warning"
      icon={Ban}
      title={t(titles[first.reason] ?? 'sql.refused', { count: problems.length })}
      live
      act={
        onShow && (
          <Button size="small" icon={Crosshair} onClick={() => onShow(marksOf(problems, t, offset))}>
            {t('sql.refused.show')}
          </Button>
        )
      }
    >
      <p>{t('sql.refused.help')}</p>
      <ul className="mt-2 flex flex-col gap-2">
        {[first, ...others].slice(0, mostShown).map((problem) => (
          <OneProblem key={`${problem.from} ${problem.reason}`} problem={problem} text={text} />
        ))}
      </ul>
      {problems.length > mostShown && (
        <p className="mt-2">{t('sql.refused.more', { count: problems.length - mostShown })}</p>
      )}
    </Notice>
  )
}

/** Around the place, as far as it helps to find it. */
const around = 24

function OneProblem({ problem, text }: { problem: Problem; text: string }) {
  const t = useMessages()
  const { why, instead } = problemInWords(problem, t)
  const { from, to } = problem
  const end = Math.min(to, from + 60)
  const cut = (part: string) => part.replaceAll(/\s+/g, ' ')
  return (
    <li>
      <p className="font-medium text-ink">
        <span className="mr-2 text-12 font-regular text-ink-muted tabular-nums">
          {t('sql.place', lineAndColumn(text, from))}
        </span>
        {why}
      </p>
      {from < text.length && (
        <code className="block max-w-full truncate font-mono text-12 text-ink-muted">
          {cut(text.slice(Math.max(0, from - around), from))}
          <mark className="rounded-small bg-danger-soft px-0.5 text-danger-ink">
            {cut(text.slice(from, end))}
          </mark>
          {cut(text.slice(end, end + around))}
        </code>
      )}
      {instead && <p>{instead}</p>}
    </li>
  )
}
