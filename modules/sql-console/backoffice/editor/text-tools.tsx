/** Beside every text: the tables of where it goes, and its layout. */
import { Braces, Table2 } from 'lucide-react'
import { type ReactNode, type RefObject, useState } from 'react'
import type { SqlTable } from '#contract/sql-console'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { formatted } from './formatting.ts'
import type { EditorHandle } from './sql-editor.tsx'
import { TablesSheet } from './tables-sheet.tsx'

type Handle = RefObject<EditorHandle | null>

export function useFormat(handle: Handle, text: string): () => void {
  const t = useMessages()
  return () => {
    formatted(text).then(
      (laidOut) => laidOut !== text && handle.current?.replace(laidOut),
      () => notify.failed({ title: t('sql.format.failed'), description: t('sql.format.failed.help') }),
    )
  }
}

type TextToolsProps = {
  handle: Handle
  isEmpty: boolean
  tables: readonly SqlTable[] | undefined
  onFormat: () => void
  /** What else can be done with it, before these. */
  children?: ReactNode
}

export function TextTools({ handle, isEmpty, tables, onFormat, children }: TextToolsProps) {
  const t = useMessages()
  const [tablesShown, setTablesShown] = useState(false)
  return (
    <span className="ml-auto flex items-center gap-1">
      {children}
      <IconButton
        icon={Table2}
        size="small"
        label={t('sql.tables')}
        disabled={!tables}
        onClick={() => setTablesShown(true)}
      />
      <IconButton
        icon={Braces}
        size="small"
        label={t('sql.format')}
        shortcut="mod+shift+f"
        disabled={isEmpty}
        onClick={onFormat}
      />
      {tablesShown && tables && (
        <TablesSheet
          tables={tables}
          onInsert={(more) => {
            setTablesShown(false)
            setTimeout(() => handle.current?.insert(more))
          }}
          onClose={() => setTablesShown(false)}
        />
      )}
    </span>
  )
}
