import type { SqlQuery } from '#contract/sql-console'
import { Button } from '#platform/ui/button.tsx'
import { DateText } from '#platform/ui/date-text.tsx'
import { Dialog } from '#platform/ui/dialog.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

type ConflictDialogProps = {
  /** What it is by now. */
  current: SqlQuery
  saving: boolean
  onOpenOther: () => void
  onOverwrite: () => void
  onCopy: () => void
  onClose: () => void
}

/** Two saved at once: both texts are there, and one says which stands. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { current, saving, onOpenOther, onOverwrite, onCopy, onClose } = props
  const t = useMessages()
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t('sql.saved.conflict', { name: current.name })}
      description={t.rich('sql.saved.conflict.help', {
        name: current.updatedBy.name,
        when: <DateText value={current.updatedAt} show="both" />,
      })}
      footer={
        <>
          <Button onClick={onOpenOther}>{t('sql.saved.conflict.open')}</Button>
          <Button onClick={onCopy}>{t('sql.saved.conflict.copy')}</Button>
          <Button variant="primary" loading={saving} onClick={onOverwrite}>
            {t('sql.saved.conflict.overwrite')}
          </Button>
        </>
      }
    >
      <p className="mb-1 text-13 font-medium">{t('sql.saved.conflict.theirs')}</p>
      {/* It scrolls, and is reached by key. */}
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="max-h-60 overflow-auto rounded-control border border-line bg-sunken p-3 font-mono text-12 whitespace-pre-wrap wrap-anywhere"
      >
        {current.text}
      </pre>
    </Dialog>
  )
}
