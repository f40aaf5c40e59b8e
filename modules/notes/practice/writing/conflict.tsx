import type { Note } from '#contract/notes'
import { Button } from '#platform/ui/button.tsx'
import { MarkdownView } from '#platform/ui/markdown.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { both, type Written, writtenOf } from './written.ts'

type ConflictProps = {
  mine: Written
  theirs: Note
  onSettle: (written: Written) => void
  onAbandon: () => void
  onAmend: () => void
}

/** Two devices wrote: both texts are shown, and the one that is not taken can be had back for a while. */
export function Conflict({ mine, theirs, onSettle, onAbandon, onAmend }: ConflictProps) {
  const t = useMessages()
  const formats = useFormats()
  const other = writtenOf(theirs)
  const settle = (chosen: Written, dropped: Written) => {
    onSettle(chosen)
    notify.done({ title: t('notes.conflict.settled'), undo: () => onSettle(dropped) })
  }
  const at = formats.dayTime(theirs.savedAt)
  return (
    <section
      aria-label={t('notes.conflict')}
      className="flex flex-col gap-3 rounded-card border border-warning bg-warning-soft p-4"
    >
      <div role="alert">
        <h2 className="text-14 font-semibold text-warning-ink">{t('notes.conflict')}</h2>
        <p className="text-13 text-warning-ink">
          {t(
            theirs.signedAt
              ? 'notes.conflict.signed'
              : theirs.trashedAt
                ? 'notes.conflict.trashed'
                : 'notes.conflict.help',
          )}
        </p>
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Text title={t('notes.conflict.mine')} written={mine} />
        <Text title={t('notes.conflict.theirs', { at })} written={other} />
      </div>
      <div className="flex flex-wrap gap-2">
        {theirs.signedAt ? (
          <>
            <Button variant="primary" onClick={onAmend}>
              {t('notes.conflict.amend')}
            </Button>
            <Button onClick={onAbandon}>{t('notes.conflict.abandon')}</Button>
          </>
        ) : (
          <>
            <Button variant="primary" onClick={() => settle(both(mine, other), mine)}>
              {t('notes.conflict.both')}
            </Button>
            <Button onClick={() => settle(mine, other)}>{t('notes.conflict.take-mine')}</Button>
            <Button onClick={() => settle(other, mine)}>{t('notes.conflict.take-theirs')}</Button>
          </>
        )}
      </div>
    </section>
  )
}

function Text({ title, written }: { title: string; written: Written }) {
  return (
    <article aria-label={title} className="min-w-0 rounded-control border border-line bg-surface p-3">
      <h3 className="mb-2 text-12 font-medium text-ink-muted">{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keyboard too */}
      <div tabIndex={0} className="max-h-80 overflow-y-auto">
        {written.title && (
          <p dir="auto" className="mb-2 text-14 font-semibold wrap-anywhere">
            {written.title}
          </p>
        )}
        <MarkdownView text={written.body} />
      </div>
    </article>
  )
}
