import { Bookmark, BookmarkPlus, Ellipsis, FolderOpen, Pencil, Save } from 'lucide-react'
import type { SqlQuery } from '#contract/sql-console'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useGo } from '#platform/ui/link.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { useShortcuts } from '#platform/ui/shortcuts.ts'
import type { SqlTab } from '../editor/kept-tabs.ts'
import { queriesTo, queryTo } from './addresses.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { definitionsFor } from './kept-query.ts'
import { OpenSheet } from './open-sheet.tsx'
import { SaveDialog } from './save-dialog.tsx'
import type { Saving } from './use-saving.ts'

type SavedActsProps = {
  tab: SqlTab
  /** Parameters of the text. */
  count: number
  isDraft: boolean
  saving: Saving
  onChange: (part: Partial<SqlTab>) => void
  onOpen: (query: SqlQuery) => void
}

/** Opening and saving, by button and by key, and what each of them asks. */
export function SavedActs({ tab, count, isDraft, saving, onChange, onOpen }: SavedActsProps) {
  const t = useMessages()
  const go = useGo()
  const { dialog, setDialog, save } = saving
  const { saved } = tab
  const close = () => setDialog(null)
  useShortcuts([
    { keys: 'mod+s', run: save },
    { keys: 'mod+o', run: () => dialog === null && setDialog({ what: 'open' }) },
  ])
  const isEmpty = tab.text.trim() === ''
  return (
    <>
      <IconButton
        icon={FolderOpen}
        size="small"
        label={t('sql.saved.open')}
        shortcut="mod+o"
        onClick={() => setDialog({ what: 'open' })}
      />
      <IconButton
        icon={Save}
        size="small"
        label={t('sql.saved.save')}
        shortcut="mod+s"
        disabled={isEmpty || saving.isSaving}
        onClick={save}
      />
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} size="small" label={t('sql.saved.more')} />}
        items={[
          {
            label: t('sql.saved.as'),
            icon: BookmarkPlus,
            disabled: isEmpty,
            onSelect: () => setDialog({ what: saved ? 'copy' : 'new' }),
          },
          ...(saved?.mayChange && !saving.isGone
            ? [
                {
                  label: t('sql.saved.details'),
                  icon: Pencil,
                  onSelect: () => setDialog({ what: 'details' }),
                },
              ]
            : []),
          { label: t('sql.saved.all'), icon: Bookmark, to: queriesTo() },
        ]}
      />
      {dialog?.what === 'open' && (
        <OpenSheet
          onClose={close}
          onOpen={(id) => {
            close()
            go(queryTo(id))
          }}
        />
      )}
      {dialog?.what === 'conflict' && (
        <ConflictDialog
          current={dialog.current}
          saving={saving.isSaving}
          onClose={close}
          onCopy={() => setDialog({ what: 'copy' })}
          onOverwrite={() => saving.overwrite(dialog.current)}
          onOpenOther={() => {
            close()
            // What is typed here is no version of it any more: its tab goes on under no name.
            onChange({ saved: null })
            onOpen(dialog.current)
          }}
        />
      )}
      {(dialog?.what === 'new' || dialog?.what === 'copy' || dialog?.what === 'details') && (
        <SaveDialog
          key={dialog.what}
          what={dialog.what}
          query={dialog.what === 'new' ? undefined : (saved ?? undefined)}
          text={tab.text}
          parameters={definitionsFor(count, saved?.parameters ?? [])}
          target={saved?.target ?? (tab.target === 'central' ? 'central' : 'tenant')}
          isDraft={isDraft}
          onClose={close}
          onSaved={(query) => onChange({ saved: query })}
        />
      )}
    </>
  )
}
